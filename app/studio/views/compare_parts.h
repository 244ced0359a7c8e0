// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/views/comparison_of.h"

/// The parts of the view that compares.
namespace lathe {

/// What both sides measure, and the difference.
void draw_compared_figures(const LoudnessDifference& loudness);
/// The differences of spectrum and loudness, and what is left of one less the other, in the room that is left.
void draw_compared_curves(Studio& studio, const Comparison& comparison);

/// A blind test of the two sides: what is heard as X is nowhere on the screen.
void start_blind_test(Studio& studio);
void draw_blind_test(Studio& studio, const Comparison& comparison);

}  // namespace lathe
