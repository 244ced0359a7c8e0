// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string>

#include "app/studio/shell/window.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// A key with the modifiers that are held, in GLFW's numbers; key 0: none.
struct KeyChord {
    int key = 0, modifiers = 0;
};

/// What the keyboard does: keys, the page of keys and the palette all take it from one table.
struct Command {
    const char *group, *name;
    std::array<KeyChord, 2> chords;  ///< either; none: by the palette alone
    void (*run)(Studio&, Window&);
};
std::span<const Command> commands();

/// "Ctrl Shift Z"; empty: it has none.
std::string keys_text(const Command& command);

}  // namespace lathe
