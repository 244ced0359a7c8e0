// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/plot/theme.h"
#include "app/render/resonance_file.h"
#include "app/render/spectrum_file.h"

namespace lathe {

/// Pictures as the bytes of PNG files.
std::string spectrum_picture(const FileSpectrum& file, const Theme& theme, const std::string& title);
/// Shows the ten worst.
std::string resonance_picture(const FileResonances& found, const Theme& theme);

}  // namespace lathe
