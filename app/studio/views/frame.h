// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/studio/shell/window.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// Lays the panels out over the whole window and draws them.
void draw_studio(Studio& studio, Window& window);
/// What the keys of this frame do.
void take_keys(Studio& studio, Window& window);

}  // namespace lathe
