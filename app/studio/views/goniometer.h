// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/views/studio.h"

namespace lathe {

/// Whether the sound that is heard is known to have no side at all.
bool is_mono(Studio& studio, Slot slot);

/// Left against right of what is heard, around the playhead: mid upwards, side to the left and right; so high as wide.
void draw_goniometer(Studio& studio, float side);

/// Correlation and width of all frequencies and by band: at the playhead, and of the whole as a mark.
void draw_stereo_bands(Studio& studio, float width);

}  // namespace lathe
