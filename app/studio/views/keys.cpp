// SPDX-License-Identifier: GPL-3.0-or-later
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <utility>

#include "app/studio/shell/controls.h"
#include "app/studio/views/blind_listening.h"
#include "app/studio/views/commands.h"
#include "app/studio/views/frame.h"

namespace lathe {

void take_keys(Studio& studio, Window& window) {
    studio.shows_before = window.is_held(GLFW_KEY_B) && !studio.blind;
    for (const KeyPress& press : window.keys()) {
        if (press.key == GLFW_KEY_ESCAPE && std::exchange(studio.shows_help, false)) continue;
        if (value_takes(press.key)) continue;
        if (studio.large_view == LargeView::compare && !press.modifiers &&
            take_blind_key(studio, press.key, press.key == GLFW_KEY_ESCAPE))
            continue;
        const int modifiers = press.modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SHIFT | GLFW_MOD_ALT | GLFW_MOD_SUPER);
        for (const Command& command : commands())
            if (std::any_of(command.chords.begin(), command.chords.end(), [&](const KeyChord& chord) {
                    return chord.key == press.key && chord.modifiers == modifiers;
                }))
                command.run(studio, window);
    }
}

}  // namespace lathe
