// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/hand.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <imgui.h>

#include <utility>

namespace lathe {
namespace {

constexpr std::pair<int, int> modifier_keys[] = {{GLFW_MOD_SHIFT, GLFW_KEY_LEFT_SHIFT},
                                                 {GLFW_MOD_CONTROL, GLFW_KEY_LEFT_CONTROL},
                                                 {GLFW_MOD_ALT, GLFW_KEY_LEFT_ALT}};

}  // namespace

void Hand::move(float x, float y) {
    events_.push_back([this, x, y] {
        ImGui_ImplGlfw_CursorEnterCallback(window_.handle(), GLFW_TRUE);
        glfwSetCursorPos(window_.handle(), static_cast<double>(x), static_cast<double>(y));
        double there_x = 0, there_y = 0;
        glfwGetCursorPos(window_.handle(), &there_x, &there_y);  // once this is answered, the pointer has moved
#if IMGUI_VERSION_NUM >= 18700  // it waits to be told, and GLFW tells nobody of a pointer that it has moved itself
        ImGui_ImplGlfw_CursorPosCallback(window_.handle(), there_x, there_y);
#endif
    });
    events_.push_back([] {});  // a frame in which it rests there
}

void Hand::press(int button) {
    events_.push_back([this, button] { window_.take_button(button, GLFW_PRESS, 0); });
}
void Hand::release(int button) {
    events_.push_back([this, button] { window_.take_button(button, GLFW_RELEASE, 0); });
}
/// However long a frame takes.
void Hand::double_click() {
    const float usual_s = ImGui::GetIO().MouseDoubleClickTime;
    press(0);
    release(0);
    events_.push_back([] { ImGui::GetIO().MouseDoubleClickTime = 60; });
    press(0);
    release(0);
    events_.push_back([usual_s] { ImGui::GetIO().MouseDoubleClickTime = usual_s; });
}
void Hand::wheel(float steps) {
    events_.push_back(
        [this, steps] { ImGui_ImplGlfw_ScrollCallback(window_.handle(), 0, static_cast<double>(steps)); });
}
void Hand::key(int key, int modifiers) {
    hold(modifiers);
    events_.push_back([this, key, modifiers] { window_.take_key(key, 0, GLFW_PRESS, modifiers); });
    events_.push_back([this, key, modifiers] { window_.take_key(key, 0, GLFW_RELEASE, modifiers); });
    let_go(modifiers);
}
void Hand::key_down(int key) {
    events_.push_back([this, key] { window_.take_key(key, 0, GLFW_PRESS, 0); });
}
void Hand::key_up(int key) {
    events_.push_back([this, key] { window_.take_key(key, 0, GLFW_RELEASE, 0); });
}
void Hand::type(const std::string& text) {
    events_.push_back([this, text] {
        for (const char letter : text)
            ImGui_ImplGlfw_CharCallback(window_.handle(), static_cast<unsigned char>(letter));
    });
}
void Hand::hold(int modifiers) {
    for (const auto& [bit, key] : modifier_keys)
        if (modifiers & bit) key_down(key);
}
void Hand::let_go(int modifiers) {
    for (const auto& [bit, key] : modifier_keys)
        if (modifiers & bit) key_up(key);
}
void Hand::drop(std::vector<std::filesystem::path> files) {
    events_.push_back([this, files = std::move(files)] { window_.take_drop(files); });
}

void Hand::act() {
    if (events_.empty()) return;
    const auto event = std::move(events_.front());
    events_.pop_front();
    event();
}

}  // namespace lathe
