// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "dsp/core/field.h"

struct ImVec2;

namespace lathe {

/// What a hand did to a control in this frame.
struct Handled {
    std::optional<Value> value;  ///< the new one
    bool reset = false;          ///< back to what it is by default
    bool let_go = false;         ///< a drag has ended
    bool hovered = false;
};

/// Whose value a control shows, the stronger the later. What is not the album's is marked, and a right-click clears it.
enum class Owner {
    album,
    song,    ///< this song's own: a dot
    master,  ///< this master's, of all songs: a square
    version  ///< this version's of the song: a triangle
};
/// The mark of a value that is not the album's.
void draw_owner(Owner owner, const ImVec2& centre, unsigned colour);

/// One setting on a row of its own: its name, and its value to drag (Shift: fine), turn by Ctrl-wheel, type (double
/// click, with a unit; Tab goes on to the next) or reset (right click); choices open a list, yes and no are a box, a
/// number that may be a word has a button for the word. name: for scripts; label: for people. Its help and range show
/// as a tip.
Handled control(const std::string& name, const std::string& label, const Field& field, const Value& value,
                Owner owner = Owner::album);

/// The value alone, so many pixels wide. shown: what stands in it, where that is not the value with its unit.
Handled cell(const std::string& name, const Field& field, const Value& value, float width, Owner owner = Owner::album,
             const std::string& shown = "");

/// A setting of the window itself, in a cell: a hand changes it in `settings`, resetting takes it from `usual`, both
/// structs of the field's. True: it is another now.
bool choose(const std::string& name, const Field& field, void* settings, const void* usual, float width,
            const std::string& shown);

/// A button with text, lit while it is on. tip: what it does; keys: of the keyboard, or empty.
bool toggle(const std::string& name, const std::string& text, bool is_on, const std::string& tip, unsigned colour = 0);

/// The same for a thing that each click turns on or off.
void flip(const std::string& name, const std::string& text, bool& is_on, const std::string& tip, unsigned colour = 0);

/// Says what the item just submitted does, while it is pointed at: in the status line at once, beside the pointer when
/// it rests there.
void explain(const std::string& text);

/// Whether a key, by GLFW's number, is for the value that was clicked last: arrows step it, Tab goes on to the next,
/// Enter types it, Escape leaves it.
bool value_takes(int key);

/// What the status line shall say of what the pointer is over; taken by whoever draws it.
std::string& pointer_hint();

}  // namespace lathe
