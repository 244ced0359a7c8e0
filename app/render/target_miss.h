// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/session/album.h"

namespace lathe {

/// Why a solved loudness stands off its target.
enum class TargetMiss {
    none,
    too_short,   ///< less than one block of loudness
    silent,      ///< below the gate with the most gain, too
    gain_limit,  ///< the solve's range of gain ends first
    held_back,   ///< the chain behind the gain point gives nothing for more gain
    gate_jump,   ///< the gate lets passages in at once: no gain gives the loudness between
    passes,      ///< the search ended before it came near enough
    ceiling      ///< there is no limiter, and the gain stops at the ceiling
};

/// The range of gain that a solve may use: what is past it is no mastering.
inline constexpr double lowest_solved_gain_db = -60, highest_solved_gain_db = 40;

/// What was missed, why, and what mends it, in one line. lufs: reached; none: there is no loudness. limited: a limiter
/// ends the chain.
std::string target_miss_text(TargetMiss why, const Master& master, std::optional<double> lufs, bool limited);

}  // namespace lathe
