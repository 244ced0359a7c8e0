// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/model/comparison.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// What the master on screen is compared with, as far as it is known in this frame.
struct Comparison {
    std::string name;                                    ///< of the other side, for people
    std::shared_ptr<const Album> album;                  ///< the state that the other side is of; null: it is no master
    std::string track;                                   ///< the song's id in that state; empty: it was not there
    Rendition rendition;                                 ///< of that state
    Sound now_sound, other_sound;                        ///< empty: not to be had yet
    bool is_true = true;                                 ///< both are what they are said to be, not what they were
    double other_start_s = 0;                            ///< of its sound, where the song's time begins
    bool shares_time = true;                             ///< what it plays at a time is the same music
    ComparedPart now, other;                             ///< without levels: not measured yet
    std::shared_ptr<const LoudnessDifference> loudness;  ///< null: not yet

    bool is_state() const { return album != nullptr; }
};
Comparison comparison_of(Studio& studio);

/// The settings in which the two sides differ, in words.
const std::vector<std::string>& words_of(const Comparison& comparison, const Studio& studio);

/// Renders the other side in the background, where it is a state that is not known.
void render_other(Studio& studio, const Comparison& comparison);
/// Why that came to nothing; empty: it did not, or is still to come.
std::string why_not_rendered(const Studio& studio, const Comparison& comparison);
bool is_rendering(const Studio& studio, const Comparison& comparison);

}  // namespace lathe
