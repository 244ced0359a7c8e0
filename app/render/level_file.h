// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/media/audio_file.h"
#include "app/render/cache.h"
#include "dsp/measure/level_history.h"

namespace lathe {

struct FileLevels {
    AudioInfo info;
    LevelHistory history;
};

/// The levels of a file over time: out of the cache, to the bit as they were measured, or else measured and kept. mono:
/// how a mono file is weighed. Throws InputError for a bad file.
FileLevels levels_of_file(const std::filesystem::path& path, MonoWeight mono, const Cache& cache, const Cancel& cancel);

}  // namespace lathe
