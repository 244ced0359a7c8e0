// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/key_events.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <imgui.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace lathe {

int key_as_labelled(int key, int scancode) {
    const char* const name = key >= GLFW_KEY_A && key <= GLFW_KEY_Z ? glfwGetKeyName(key, scancode) : nullptr;
    return name && name[0] >= 'a' && name[0] <= 'z' && !name[1] ? GLFW_KEY_A + (name[0] - 'a') : key;
}

#if IMGUI_VERSION_NUM >= 18700
namespace {

/// The keys that Dear ImGui does anything by; what is typed comes as letters.
ImGuiKey imgui_key(int key) {
    constexpr std::pair<int, ImGuiKey> keys[] = {{GLFW_KEY_TAB, ImGuiKey_Tab},
                                                 {GLFW_KEY_LEFT, ImGuiKey_LeftArrow},
                                                 {GLFW_KEY_RIGHT, ImGuiKey_RightArrow},
                                                 {GLFW_KEY_UP, ImGuiKey_UpArrow},
                                                 {GLFW_KEY_DOWN, ImGuiKey_DownArrow},
                                                 {GLFW_KEY_PAGE_UP, ImGuiKey_PageUp},
                                                 {GLFW_KEY_PAGE_DOWN, ImGuiKey_PageDown},
                                                 {GLFW_KEY_HOME, ImGuiKey_Home},
                                                 {GLFW_KEY_END, ImGuiKey_End},
                                                 {GLFW_KEY_INSERT, ImGuiKey_Insert},
                                                 {GLFW_KEY_DELETE, ImGuiKey_Delete},
                                                 {GLFW_KEY_BACKSPACE, ImGuiKey_Backspace},
                                                 {GLFW_KEY_SPACE, ImGuiKey_Space},
                                                 {GLFW_KEY_ENTER, ImGuiKey_Enter},
                                                 {GLFW_KEY_KP_ENTER, ImGuiKey_KeypadEnter},
                                                 {GLFW_KEY_ESCAPE, ImGuiKey_Escape}};
    if (key >= GLFW_KEY_A && key <= GLFW_KEY_Z) return static_cast<ImGuiKey>(ImGuiKey_A + (key - GLFW_KEY_A));
    const auto known =
        std::find_if(std::begin(keys), std::end(keys), [&](const auto& one) { return one.first == key; });
    return known == std::end(keys) ? ImGuiKey_None : known->second;
}

}  // namespace

void tell_key(GLFWwindow*, const KeyEvent& event, const std::set<int>& held) {
    ImGuiIO& io = ImGui::GetIO();
    constexpr std::tuple<ImGuiKey, int, int> modifiers[] = {
        {ImGuiMod_Ctrl, GLFW_KEY_LEFT_CONTROL, GLFW_KEY_RIGHT_CONTROL},
        {ImGuiMod_Shift, GLFW_KEY_LEFT_SHIFT, GLFW_KEY_RIGHT_SHIFT},
        {ImGuiMod_Alt, GLFW_KEY_LEFT_ALT, GLFW_KEY_RIGHT_ALT}};
    for (const auto& [modifier, left, right] : modifiers)
        io.AddKeyEvent(modifier, held.contains(left) || held.contains(right));
    const ImGuiKey known = imgui_key(key_as_labelled(event.key, event.scancode));
    if (known != ImGuiKey_None && event.action != GLFW_REPEAT) io.AddKeyEvent(known, event.action == GLFW_PRESS);
}

void tell_button(GLFWwindow*, int button, int action, int) {
    if (button < ImGuiMouseButton_COUNT) ImGui::GetIO().AddMouseButtonEvent(button, action == GLFW_PRESS);
}
#else
void tell_key(GLFWwindow* window, const KeyEvent& event, const std::set<int>&) {
    ImGui_ImplGlfw_KeyCallback(window, event.key, event.scancode, event.action, event.modifiers);
}

void tell_button(GLFWwindow* window, int button, int action, int modifiers) {
    ImGui_ImplGlfw_MouseButtonCallback(window, button, action, modifiers);
}
#endif

}  // namespace lathe
