// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

struct GLFWwindow;

namespace lathe {

/// A key that went down or repeats, with the modifiers held: GLFW's numbers.
struct KeyPress {
    int key = 0, modifiers = 0;
};

struct WindowSettings {
    int width = 1280, height = 800;  ///< pixels
    float scale = 0;                 ///< pixels a point; 0: the monitor's
    bool dark = true;
};

/// The window: one OpenGL 3.3 context and Dear ImGui on it. A context that the graphics system lost (a driver's reset,
/// a card that is gone) is made anew with a window like the one before.
class Window {
public:
    /// Throws SystemError where there is no display, or no OpenGL 3.3 on it.
    explicit Window(const WindowSettings& settings);
    ~Window();
    Window(const Window&) = delete;
    Window& operator=(const Window&) = delete;

    bool wants_to_close() const;
    void ask_to_close();
    void keep_open();
    int width() const;  ///< pixels
    int height() const;
    bool is_dark() const { return dark_; }
    void set_dark(bool dark) { dark_ = dark; }

    /// Takes what came in, waiting for it at most so long, and begins a frame. Throws SystemError where a lost context
    /// cannot be made anew.
    void begin_frame(double wait_s);
    /// Ends it and shows it. Returns the processor time since begin_frame() of this thread, in seconds, drawing by the
    /// graphics system aside.
    double end_frame();
    /// Ends begin_frame()'s wait, or the next one; by any thread.
    static void wake();
    /// Keys of this frame that no text field took.
    const std::vector<KeyPress>& keys() const { return keys_; }
    /// Whether a key is down that no text field takes.
    bool is_held(int key) const;
    /// Files dropped in since the frame before.
    const std::vector<std::filesystem::path>& dropped() const { return dropped_; }

    /// Whether the context was lost, and made anew, since the frame before.
    bool was_renewed() const { return was_renewed_; }
    /// As if the graphics system had been reset.
    void lose_graphics() { is_lost_ = true; }

    /// Writes the next frame as a PNG file; end_frame() throws SystemError where that fails.
    void take_picture(const std::filesystem::path& path) { picture_ = path; }

    GLFWwindow* handle() const { return window_; }

    // What came in, from GLFW or from a script.
    void take_key(int key, int scancode, int action, int modifiers);
    void take_button(int button, int action, int modifiers);
    void take_drop(std::vector<std::filesystem::path> files);

private:
    void attach(GLFWwindow* window);
    void detach();
    void renew();
    void save_picture(const std::filesystem::path& path) const;

    GLFWwindow* window_ = nullptr;
    bool dark_;
    float asked_scale_;
    bool is_lost_ = false, was_renewed_ = false;
    double frame_start_s_ = 0;
    std::array<bool, 3> held_buttons_{};

    std::filesystem::path picture_;
    std::vector<KeyPress> keys_, coming_keys_;
    std::set<int> held_keys_;
    std::vector<std::filesystem::path> dropped_, coming_drops_;
};

}  // namespace lathe
