// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/value_box.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "app/studio/shell/look.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/shell/value_step.h"

namespace lathe {
namespace {

/// The box whose text is being typed, and the one that Tab goes to.
struct Typing {
    std::string name, next;
    std::array<char, 256> text{};
    bool begins = false, is_wrong = false, tabbed = false;

    void begin(const std::string& of, const std::string& with) {
        name = of;
        next.clear();
        text.fill('\0');
        std::copy_n(with.begin(), std::min(with.size(), text.size() - 1), text.begin());
        begins = true;
        is_wrong = tabbed = false;
    }
} typing;
constexpr const char* any_box = "*";
std::string box_before;  // the box that was drawn before the one at hand

/// A drag under way: what it began with, and how far it has gone, in points.
struct Drag {
    std::string name;
    double from = 0, moved = 0;
    bool has_begun = false, fine = false;
} drag;
/// The box that was clicked last: the arrows step it, Tab goes on from it. It is left by a click elsewhere.
struct Choice {
    std::string name, next;
    int seen_frame = -1;
    bool is_there() const { return !name.empty() && ImGui::GetFrameCount() - seen_frame <= 2; }
} choice;
constexpr double points_per_arrow = 2;

constexpr float slack_points = 2;  // a click that trembles is no drag
constexpr double points_per_wheel_step = 10, fine_share = 0.1;

std::string typed_form(const Field& field, const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:.10g}", *number);
    if (const auto* numbers = std::get_if<std::vector<double>>(&value))
        return fmt::format("{}", fmt::join(*numbers, " "));
    return std::holds_alternative<std::monostate>(value) ? "" : value_text(field, value);
}

/// What was typed, as the field's value; an empty text resets.
Handled taken(const Field& field, const std::string& text) {
    Handled handled;
    handled.let_go = true;
    if (field.kind == FieldKind::text) {
        handled.value = Value(text);
    } else if (text.empty()) {
        handled.reset = true;
    } else if (field.kind == FieldKind::number_list) {
        std::vector<double> numbers;
        std::size_t from = 0;
        while (from < text.size()) {
            const std::size_t to = std::min(text.find_first_of(" ,;", from), text.size());
            if (to > from) {
                const auto number = typed_quantity(text.substr(from, to - from), field.unit);
                if (!number) return {};
                numbers.push_back(*number);
            }
            from = to + 1;
        }
        handled.value = Value(numbers);
    } else if (std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end()) {
        handled.value = Value(text);
    } else if (const auto number = typed_quantity(text, field.unit)) {
        const double whole = field.kind == FieldKind::integer ? std::round(*number) : *number;
        handled.value = Value(std::clamp(whole, field.min, field.max));
    } else {
        return {};
    }
    return handled;
}

Handled typed(const Field& field, float width) {
    if (typing.begins) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(width);
    if (typing.is_wrong) ImGui::PushStyleColor(ImGuiCol_Text, look().broken);
    const auto note_tab = [](ImGuiInputTextCallbackData*) {
        typing.tabbed = true;
        return 0;
    };
    const bool entered = ImGui::InputText("##typed", typing.text.data(), typing.text.size(),
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll |
                                              ImGuiInputTextFlags_CallbackCompletion,
                                          note_tab);
    if (typing.is_wrong) ImGui::PopStyleColor();
    const bool begins = std::exchange(typing.begins, false);
    const bool escaped = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
    const bool left = !begins && ImGui::IsItemDeactivated() && !escaped;
    Handled handled;
    handled.hovered = ImGui::IsItemHovered();
    if (entered || typing.tabbed || left) {
        const std::string text = typing.text.data();
        const Handled made = taken(field, text);
        if (!made.let_go && !left) {
            typing.begin(std::string(typing.name), text);
            typing.is_wrong = true;
            pointer_hint() = fmt::format("\"{}\" is no {}", text,
                                         field.unit.empty() ? "number" : "value in " + std::string(field.unit));
            return handled;
        }
        handled = made;
    }
    if (typing.tabbed) typing.next = ImGui::GetIO().KeyShift ? box_before : any_box;
    if (entered || left || escaped || std::exchange(typing.tabbed, false)) typing.name.clear();
    return handled;
}

void dragged(const std::string& name, const Field& field, double number, Handled& handled) {
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemActivated()) {
        drag = {name, number, 0, false, false};
        handled.let_go = true;  // what came before, by the wheel, is a step of its own
    }
    if (ImGui::IsItemActive() && drag.name == name && io.MouseDelta.x != 0) {
        drag.has_begun = drag.has_begun || std::abs(io.MousePos.x - io.MouseClickedPos[0].x) > px(slack_points);
        drag.fine = drag.fine || io.KeyShift;
        drag.moved += static_cast<double>(io.MouseDelta.x / look_scale()) * (io.KeyShift ? fine_share : 1);
        const double next = stepped(field, drag.from, drag.moved, drag.fine);
        if (drag.has_begun && next != number) handled.value = Value(next);
    }
    if (ImGui::IsItemDeactivated() && drag.name == name) {
        handled.let_go = true;
        drag.name.clear();
    }
    if (ImGui::IsItemHovered() && io.MouseWheel != 0 && io.KeyCtrl) {
        const double points = static_cast<double>(io.MouseWheel) * points_per_wheel_step;
        handled.value = Value(stepped(field, number, points * (io.KeyShift ? fine_share : 1), io.KeyShift));
    }
}

bool key_pressed(ImGuiKey key, bool repeats = false) {
    return !ImGui::GetIO().WantTextInput && ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeats);
}

/// What the keyboard does with the chosen box, while nobody types elsewhere.
void keyed(const std::string& name, const Field& field, const Value& value, Handled& handled) {
    if (choice.next == any_box || choice.next == name) {
        choice.name = name;
        choice.next.clear();
    } else if (choice.name == name) {
        const bool elsewhere = ImGui::IsMouseClicked(0) && !handled.hovered;
        if (elsewhere || key_pressed(ImGuiKey_Escape)) {
            choice.name.clear();
            handled.let_go = true;
        } else if (key_pressed(ImGuiKey_Enter)) {
            typing.begin(name, typed_form(field, value));
        } else if (key_pressed(ImGuiKey_Tab)) {
            choice.next = ImGui::GetIO().KeyShift ? box_before : any_box;
            handled.let_go = true;
        } else if (const double* const number = std::get_if<double>(&value)) {
            const bool fine = ImGui::GetIO().KeyShift;
            const double points = points_per_arrow * (fine ? fine_share : 1);
            if (key_pressed(ImGuiKey_UpArrow, true)) handled.value = Value(stepped(field, *number, points, fine));
            if (key_pressed(ImGuiKey_DownArrow, true)) handled.value = Value(stepped(field, *number, -points, fine));
        }
    }
    if (choice.name == name) choice.seen_frame = ImGui::GetFrameCount();
}

void draw_box(ImVec2 low, ImVec2 high, const Field& field, const Value& value, const std::string& shown, bool lit,
              bool chosen) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(low, high, lit ? look().line : look().raised, px(3));
    if (chosen) draw.AddRect(low, high, look().faint_text, px(3));
    const double* const number = std::get_if<double>(&value);
    if (const auto share = number ? share_of_range(field, *number) : std::nullopt) {
        const float end = low.x + static_cast<float>(*share) * (high.x - low.x);
        draw.AddRectFilled({low.x, high.y - px(2)}, {end, high.y}, look().faint_text, px(1));
    }
    draw.PushClipRect({low.x + px(3), low.y}, {high.x - px(3), high.y}, true);
    draw_text({high.x - px(5), low.y + (high.y - low.y - ImGui::GetFontSize()) / 2}, look().text, shown, 1);
    draw.PopClipRect();
}

}  // namespace

bool value_takes(int key) {
    constexpr int taken[] = {GLFW_KEY_UP, GLFW_KEY_DOWN, GLFW_KEY_TAB, GLFW_KEY_ENTER, GLFW_KEY_ESCAPE};
    return choice.is_there() && std::find(std::begin(taken), std::end(taken), key) != std::end(taken);
}

std::string value_text(const Field& field, const Value& value) {
    if (const auto* number = std::get_if<double>(&value))
        return field.unit == "Hz" && *number == 0 ? "off" : setting_text(*number, field.unit);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
        std::string list;
        for (const double number : *numbers)
            list += (list.empty() ? "" : " \u00b7 ") + setting_text(number, field.unit);
        return list;
    }
    return std::holds_alternative<std::monostate>(value) ? no_value : "";
}

Handled value_box(const std::string& name, const Field& field, const Value& value, float width,
                  const std::string& shown) {
    if (typing.name.empty() && (typing.next == any_box || typing.next == name))
        typing.begin(name, typed_form(field, value));
    if (typing.name == name) return typed(field, width);
    Handled handled;
    const ImVec2 low = ImGui::GetCursorScreenPos(), size{width, ImGui::GetFrameHeight()};
    ImGui::InvisibleButton("##value", size);
    handled.hovered = ImGui::IsItemHovered();
    const bool active = ImGui::IsItemActive();
    if (ImGui::IsItemActivated()) choice = {name, "", ImGui::GetFrameCount()};
    keyed(name, field, value, handled);
    box_before = name;
    if (handled.hovered && ImGui::IsMouseDoubleClicked(0)) {
        typing.begin(name, typed_form(field, value));
        drag.name.clear();
        return handled;
    }
    handled.reset = handled.hovered && ImGui::IsMouseClicked(1);
    if (const double* const number = std::get_if<double>(&value)) {
        dragged(name, field, *number, handled);
        if (handled.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    }
    draw_box(low, {low.x + size.x, low.y + size.y}, field, value, shown, handled.hovered || active,
             choice.name == name);
    return handled;
}

}  // namespace lathe
