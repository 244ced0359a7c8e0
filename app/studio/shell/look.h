// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

namespace lathe {

/// The colours of the window. A signal has one colour everywhere; red means that a rule is broken.
struct Look {
    ImU32 window, panel, raised, line;  ///< surfaces, and what parts them
    ImU32 text, faint_text, on_accent;  ///< faint: at least 4.5:1 on a panel too
    ImU32 grid, strong_grid;
    ImU32 source, master, reference;  ///< the signals
    ImU32 broken, good, caution;      ///< of rules, never by colour alone
    bool is_dark;
};
extern const Look dark_look, light_look;

/// The look that the frame is drawn in.
const Look& look();
ImU32 with_alpha(ImU32 colour, float alpha);

/// Points in pixels of this screen. All sizes are told in points; panels keep to a grid of 4.
float px(float points);

/// Three sizes of one type, digits of equal width.
enum class Type { small, body, large };
ImFont* font(Type type);

/// Takes a look for the frames to come, and loads the type for a scale. To be called outside of a frame.
void set_look(bool dark, float scale);
float look_scale();

}  // namespace lathe
