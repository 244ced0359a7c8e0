// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "dsp/core/cancel.h"

namespace lathe {

/// Writes the demo album into folder: three songs' stems and mixdowns (24-bit WAV, 44.1 kHz), album.toml, and
/// faults.json with the faults planted in them. The same bytes every time. Returns the album file's path. Throws
/// SystemError.
std::filesystem::path write_demo_album(const std::filesystem::path& folder, const Cancel& cancel);

}  // namespace lathe
