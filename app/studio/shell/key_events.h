// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

struct GLFWwindow;

/// Keys and buttons on their way to Dear ImGui. Its GLFW backend asks the system for the modifiers, which does not know
/// of those that a script holds down; these do as it does, but go by what was told.
namespace lathe {

/// GLFW numbers keys by their place on an American keyboard; this is the key that bears the letter.
int key_as_labelled(int key, int scancode);

/// What GLFW tells of a key.
struct KeyEvent {
    int key, scancode, action, modifiers;
};

/// held: the keys that are down after it, as labelled.
void tell_key(GLFWwindow* window, const KeyEvent& event, const std::set<int>& held);
void tell_button(GLFWwindow* window, int button, int action, int modifiers);

}  // namespace lathe
