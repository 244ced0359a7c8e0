// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/demo/instruments.h"

namespace lathe::demo {

inline constexpr int demo_rate = 44100;

struct NamedStem {
    std::string name;
    Stem audio;
};

struct Song {
    std::string id, title;
    std::vector<NamedStem> stems;  ///< of one length; their sum is the mix
};

/// The three songs of the demo album, different in key, tempo and make-up, without faults.
Song harbour_lights();  ///< A minor, 92 bpm: band with electric piano
Song copper_wire();     ///< E minor, 124 bpm: driving, plucked
Song slow_tide();       ///< D major, 68 bpm: strings and a reed

}  // namespace lathe::demo
