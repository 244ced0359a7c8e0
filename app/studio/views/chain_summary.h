// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/studio/views/chain_gains.h"

namespace lathe {

/// What a processor does now, in one line: "3 bands · −1.5 dB at 240 Hz", "−4.2 dB at most · mean −1.3 dB".
/// gains: what it did to the track; null: nothing is known.
std::string summary_of(const ChainEntry& entry, const ProcessorGains* gains);

/// "−4.2 dB at most · mean −1.3 dB", with the sign of what it did; "idle" where nothing moved.
std::string reduction_text(const GainFigures& figures);

/// An inline table for a new processor of that type, as the album file's defaults have it, with what it cannot be
/// without.
std::string new_processor(std::string_view type);

/// Where a new processor goes by default: a limiter to the end, a clipper before the limiters that end the chain, any
/// other before the clippers and limiters that end it and the gain point right before them.
std::size_t place_for(std::span<const ChainSlot> chain, std::string_view type);

}  // namespace lathe
