// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/spectrum_file.h"

#include "app/render/read_ahead.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {

FileSpectrum spectrum_of_file(const std::filesystem::path& path, const SpectrumSettings& settings,
                              const Cancel& cancel) {
    AudioReader reader(path);
    const AudioInfo info = reader.info();
    TbbWorkers workers;
    SpectrumMeter meter(settings, info.channels, info.sample_rate, workers);
    read_ahead(reader, Frames{1} << 17, cancel, [&](AudioView<const float> audio) { meter.push(audio); });
    return {info, meter.finish()};
}

}  // namespace lathe
