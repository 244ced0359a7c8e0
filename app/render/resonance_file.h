// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "app/media/audio_file.h"
#include "dsp/core/cancel.h"
#include "dsp/measure/resonances.h"

namespace lathe {

struct FileResonances {
    AudioInfo info;
    ResonanceEvidence evidence;
    std::vector<Resonance> resonances;  ///< worst first
};

/// Reads the whole file and finds its resonances, at most `most`. Throws InputError for a bad or too short file.
FileResonances find_resonances_of_file(const std::filesystem::path& path, int most, const Cancel& cancel);

}  // namespace lathe
