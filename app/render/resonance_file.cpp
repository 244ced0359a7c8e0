// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/resonance_file.h"

#include <fmt/format.h>

#include "app/render/read_ahead.h"
#include "dsp/core/error.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {

FileResonances find_resonances_of_file(const std::filesystem::path& path, int most, const Cancel& cancel) {
    AudioReader reader(path);
    FileResonances found;
    found.info = reader.info();
    if (found.info.duration_s() < ResonanceEvidenceMeter::shortest_s)
        throw InputError(fmt::format("{}: {:.3g} s are too short to tell resonances from notes; it takes {:g} s",
                                     path.string(), found.info.duration_s(), ResonanceEvidenceMeter::shortest_s));
    TbbWorkers workers;
    ResonanceEvidenceMeter meter(found.info.channels, found.info.sample_rate, found.info.frames, workers);
    read_ahead(reader, Frames{1} << 17, cancel, [&](AudioView<const float> audio) { meter.push(audio); });
    found.evidence = meter.finish();
    found.resonances = find_resonances(found.evidence, found.info.duration_s(), most, workers);
    return found;
}

}  // namespace lathe
