// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <memory>

#include "app/studio/model/resonance_cut.h"
#include "app/studio/views/studio.h"

/// The resonances of the current song: which is chosen, and cutting them.
namespace lathe {

/// Worst first; null: not known yet.
std::shared_ptr<const FileResonances> resonances_of_song(Studio& studio);
/// Of them the chosen one; null: none is.
const Resonance* chosen_of(const Studio& studio, const FileResonances& found);
/// Chooses the next one, or the one before: the first where none is chosen.
void step_resonance(Studio& studio, int by);
/// The chosen one is heard alone, and each that is chosen after it; or all is heard again.
void toggle_solo(Studio& studio);
/// Makes the suggested cut, of the album or of this song alone, or takes it back.
void toggle_cut(Studio& studio, const Resonance& resonance);
void toggle_chosen_cut(Studio& studio);

/// The spectrum around a resonance: source and master as loud as it, and the source with the suggested cut.
void draw_resonance_plot(Studio& studio, const Resonance& resonance, ImVec2 low, ImVec2 high);

}  // namespace lathe
