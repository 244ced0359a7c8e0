// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/window.h"

#include <epoxy/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <imgui.h>
#include <time.h>

#include <chrono>
#include <thread>
#include <utility>

#include "app/media/atomic_file.h"
#include "app/plot/png.h"
#include "app/studio/shell/gl_program.h"
#include "app/studio/shell/key_events.h"
#include "app/studio/shell/look.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

using namespace std::chrono_literals;

std::string last_error;

Window& of(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

/// Null if it cannot be had.
GLFWwindow* create_window(int width, int height) {
    GLFWwindow* window = nullptr;
    for (const int robustness : {GLFW_LOSE_CONTEXT_ON_RESET, GLFW_NO_ROBUSTNESS}) {
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_CONTEXT_ROBUSTNESS, robustness);
        if (!window) window = glfwCreateWindow(width, height, "Lathe", nullptr, nullptr);
    }
    return window;
}

/// Whether the driver says that the current context is lost. One that cannot tell loses none.
bool graphics_were_reset() {
    if (epoxy_gl_version() >= 45) return glGetGraphicsResetStatus() != GL_NO_ERROR;
    return epoxy_has_gl_extension("GL_ARB_robustness") && glGetGraphicsResetStatusARB() != GL_NO_ERROR;
}

double thread_seconds() {
    timespec t{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

}  // namespace

Window::Window(const WindowSettings& settings) : dark_(settings.dark), asked_scale_(settings.scale) {
    glfwSetErrorCallback([](int, const char* text) { last_error = text; });
    if (!glfwInit()) throw SystemError(fmt::format("no display: {}; set DISPLAY, or use lathe instead", last_error));
    GLFWwindow* const window = create_window(settings.width, settings.height);
    if (!window) {
        glfwTerminate();
        throw SystemError(fmt::format("no OpenGL 3.3 on this display: {}; use lathe instead", last_error));
    }
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    attach(window);
}

Window::~Window() {
    if (window_) detach();
    ImGui::DestroyContext();
    if (window_) glfwDestroyWindow(window_);
    glfwTerminate();
}

void Window::attach(GLFWwindow* window) {
    window_ = window;
    begin_gl_context();
    glfwSetWindowUserPointer(window_, this);
    glfwMakeContextCurrent(window_);
    glfwSwapInterval(1);
    glfwSetWindowSizeLimits(window_, 960, 600, GLFW_DONT_CARE, GLFW_DONT_CARE);
    ImGui_ImplGlfw_InitForOpenGL(window_, false);
    ImGui_ImplOpenGL3_Init("#version 330 core");
    glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int code, int action, int mods) {
        of(w).take_key(key, code, action, mods);
    });
    glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned letter) { ImGui_ImplGlfw_CharCallback(w, letter); });
    glfwSetMouseButtonCallback(
        window_, [](GLFWwindow* w, int button, int action, int mods) { of(w).take_button(button, action, mods); });
    glfwSetScrollCallback(window_, [](GLFWwindow* w, double x, double y) { ImGui_ImplGlfw_ScrollCallback(w, x, y); });
    glfwSetCursorEnterCallback(window_,
                               [](GLFWwindow* w, int entered) { ImGui_ImplGlfw_CursorEnterCallback(w, entered); });
    glfwSetWindowFocusCallback(window_,
                               [](GLFWwindow* w, int focused) { ImGui_ImplGlfw_WindowFocusCallback(w, focused); });
#if IMGUI_VERSION_NUM >= 18700
    glfwSetCursorPosCallback(window_,
                             [](GLFWwindow* w, double x, double y) { ImGui_ImplGlfw_CursorPosCallback(w, x, y); });
#endif
    glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
        of(w).take_drop({paths, paths + count});
    });
}

void Window::detach() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
}

void Window::renew() {
    int x = 0, y = 0, w = 0, h = 0;
    glfwGetWindowPos(window_, &x, &y);
    glfwGetWindowSize(window_, &w, &h);
    const bool was_maximised = glfwGetWindowAttrib(window_, GLFW_MAXIMIZED);
    detach();
    glfwDestroyWindow(std::exchange(window_, nullptr));
    GLFWwindow* window = nullptr;
    for (int attempt = 0; !window && attempt < 20; ++attempt) {  // the driver may be busy with itself for seconds
        if (attempt > 0) std::this_thread::sleep_for(500ms);
        window = create_window(w, h);
    }
    if (!window) throw SystemError(fmt::format("the graphics system was reset and does not come back: {}", last_error));
    glfwSetWindowPos(window, x, y);
    if (was_maximised) glfwMaximizeWindow(window);
    attach(window);
    held_keys_.clear();
    held_buttons_.fill(false);
    is_lost_ = false;
}

bool Window::wants_to_close() const { return glfwWindowShouldClose(window_); }
void Window::ask_to_close() { glfwSetWindowShouldClose(window_, GLFW_TRUE); }
void Window::keep_open() { glfwSetWindowShouldClose(window_, GLFW_FALSE); }
bool Window::is_held(int key) const { return held_keys_.contains(key) && !ImGui::GetIO().WantTextInput; }

int Window::width() const {
    int width = 0, height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    return width;
}
int Window::height() const {
    int width = 0, height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    return height;
}

void Window::take_key(int key, int scancode, int action, int modifiers) {
    const int letter = key_as_labelled(key, scancode);
    if (action == GLFW_RELEASE) {
        held_keys_.erase(letter);
    } else {
        held_keys_.insert(letter);
        coming_keys_.push_back({letter, modifiers});
    }
    tell_key(window_, {key, scancode, action, modifiers}, held_keys_);
}

void Window::take_button(int button, int action, int modifiers) {
    tell_button(window_, button, action, modifiers);
    if (static_cast<std::size_t>(button) < held_buttons_.size())
        held_buttons_[static_cast<std::size_t>(button)] = action == GLFW_PRESS;
}

void Window::take_drop(std::vector<std::filesystem::path> files) {
    coming_drops_.insert(coming_drops_.end(), files.begin(), files.end());
}

void Window::begin_frame(double wait_s) {
    if (wait_s > 0)
        glfwWaitEventsTimeout(wait_s);
    else
        glfwPollEvents();
    was_renewed_ = is_lost_;
    if (is_lost_) renew();
    float scale = asked_scale_, ignored = 1;
    if (scale <= 0) glfwGetWindowContentScale(window_, &scale, &ignored);
    if (scale != look_scale() || !font(Type::body)) {
        set_look(dark_, scale);
        ImGui_ImplOpenGL3_DestroyDeviceObjects();
        ImGui_ImplOpenGL3_CreateDeviceObjects();
    } else if (dark_ != look().is_dark) {
        set_look(dark_, scale);
    }
    keys_ = std::exchange(coming_keys_, {});
    dropped_ = std::exchange(coming_drops_, {});
    frame_start_s_ = thread_seconds();
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
#if IMGUI_VERSION_NUM < 18700  // it asks the system for the buttons, which do not know of a script's
    for (std::size_t i = 0; i < held_buttons_.size(); ++i) ImGui::GetIO().MouseDown[i] |= held_buttons_[i];
#endif
    ImGui::NewFrame();
    if (ImGui::GetIO().WantTextInput) keys_.clear();
}

void Window::wake() { glfwPostEmptyEvent(); }

double Window::end_frame() {
    ImGui::Render();
    const double spent = thread_seconds() - frame_start_s_;
    glViewport(0, 0, width(), height());
    const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(look().window);
    glClearColor(ground.x, ground.y, ground.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    if (!picture_.empty()) save_picture(std::exchange(picture_, {}));
    glfwSwapBuffers(window_);
    is_lost_ = is_lost_ || graphics_were_reset();
    return spent;
}

void Window::save_picture(const std::filesystem::path& path) const {
    const int w = width(), h = height();
    const auto row = static_cast<std::size_t>(w);
    std::vector<std::uint32_t> upwards(row * static_cast<std::size_t>(h)), pixels;
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadBuffer(GL_BACK);
    glReadPixels(0, 0, w, h, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, upwards.data());
    pixels.reserve(upwards.size());
    for (std::size_t y = static_cast<std::size_t>(h); y-- > 0;)
        pixels.insert(pixels.end(), upwards.begin() + static_cast<std::ptrdiff_t>(y * row),
                      upwards.begin() + static_cast<std::ptrdiff_t>((y + 1) * row));
    write_text_file(path, png_of(std::move(pixels), w, h));
}

}  // namespace lathe
