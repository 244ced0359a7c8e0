// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "dsp/core/audio.h"

namespace lathe {

/// By how many frames B is late against A: the peak of the cross-correlation of excerpts around A's loudest passage,
/// within max_offset frames either way. 0 where one of them is silent.
Frames offset_of(const std::filesystem::path& a, const std::filesystem::path& b, Frames max_offset);

}  // namespace lathe
