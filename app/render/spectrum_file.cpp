// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/spectrum_file.h"

#include <utility>

#include "dsp/engine/tbb_workers.h"

namespace lathe {

FileSpectrum spectrum_of_file(const std::filesystem::path& path, const SpectrumSettings& settings,
                              const Cancel& cancel) {
    AudioReader reader(path);
    const AudioInfo info = reader.info();
    TbbWorkers workers;
    SpectrumMeter meter(settings, info.channels, info.sample_rate, workers);
    AudioBuffer<float> piece(info.channels, Frames{1} << 17);
    while (const Frames n = reader.read(piece.view())) {
        cancel.check();
        meter.push(std::as_const(piece).view().slice(0, n));
    }
    return {info, meter.finish()};
}

}  // namespace lathe
