// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "app/plot/theme.h"
#include "app/render/resonance_file.h"
#include "app/render/spectrum_file.h"

namespace lathe {

/// Pictures as the bytes of PNG files. One file: its average, peak and percentiles; several: their averages.
std::string spectrum_picture(std::span<const FileSpectrum> files, const Theme& theme);
/// What is left of one spectrum's levels without another's.
std::string difference_picture(const FileSpectrum& difference, const std::string& title, const Theme& theme);
/// Shows the ten worst.
std::string resonance_picture(const FileResonances& found, const Theme& theme);

}  // namespace lathe
