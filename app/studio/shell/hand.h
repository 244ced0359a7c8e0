// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <string>

#include "app/studio/shell/window.h"

namespace lathe {

/// A hand on mouse and keyboard that a script moves. What it does comes to the window as the real things' events do:
/// the pointer is moved on the screen, buttons and keys enter where GLFW's do. One event a frame.
class Hand {
public:
    explicit Hand(Window& window) : window_(window) {}

    void move(float x, float y);
    void press(int button);
    void release(int button);
    /// Twice, however long the frames in between take.
    void double_click();
    void wheel(float steps);
    void key(int key, int modifiers);
    void type(const std::string& text);
    /// Only down, or up again.
    void key_down(int key);
    void key_up(int key);
    void hold(int modifiers);
    void let_go(int modifiers);
    void drop(std::vector<std::filesystem::path> files);

    bool is_idle() const { return events_.empty(); }
    /// Does the next thing; to be called before a frame begins.
    void act();

private:
    Window& window_;
    std::deque<std::function<void()>> events_;
};

}  // namespace lathe
