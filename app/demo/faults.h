// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/demo/songs.h"

namespace lathe::demo {

/// A fault planted in a song, for ears and finders to find. Which fields count follows from its kind.
struct Fault {
    std::string track, stem;  ///< stem: empty for the whole song
    std::string kind;         ///< "resonance", "dc", "click", "level"
    double hz = 0, q = 0;     ///< resonance
    double gain_db = 0;       ///< resonance, level
    double time_s = 0;        ///< click
    double value = 0;         ///< dc and click: linear
};

/// The demo album's faults.
std::vector<Fault> demo_faults();
/// Plants those of the song's faults in its stems.
void plant(const std::vector<Fault>& faults, Song& song);

}  // namespace lathe::demo
