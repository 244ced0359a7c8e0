// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "dsp/measure/level_history.h"

namespace lathe {

/// Levels over time as a table, a line each 1 / rate seconds and one for what is left at the end. time_s is where the
/// line ends; peaks are the largest since the line before, loudness, RMS, DC, correlation and width those of the
/// windows that end there (LevelHistory). A cell is empty where there is no value, or it is −∞. rate: 10, 20, 25, 50 or
/// 100.
std::string level_csv(const LevelHistory& history, int rate);

/// Throws InputError for another rate than those.
void check_level_rate(int rate);

}  // namespace lathe
