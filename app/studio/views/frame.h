// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/shell/window.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// Lays the panels out over the whole window and draws them.
void draw_studio(Studio& studio, Window& window);
/// What the keys of this frame do.
void take_keys(Studio& studio, Window& window);
/// A line to type in, and what it finds: commands, songs, strips, albums.
void draw_palette(Studio& studio, Window& window);
/// What must be answered before the work goes on, in the status line; draws nothing and returns false where there is
/// nothing to answer.
bool draw_question(Studio& studio, Window& window);

}  // namespace lathe
