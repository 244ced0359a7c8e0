// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/controls.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"

namespace lathe {
namespace {

/// The control whose text is being typed.
struct Typing {
    std::string name;
    std::array<char, 256> text{};
    bool begins = false;

    void begin(const std::string& of, const std::string& with) {
        name = of;
        text.fill('\0');
        std::copy_n(with.begin(), std::min(with.size(), text.size() - 1), text.begin());
        begins = true;
    }
} typing;

/// A drag under way: what it began with, and how far it has gone, in steps of a point.
struct Drag {
    std::string name;
    double moved = 0, from = 0;
} drag;

bool is_logarithmic(const Field& field) { return field.unit == "Hz" || field.unit == "ms" || field.name == "q"; }

/// The value that lies so many points of the pointer's way from another.
double moved(const Field& field, double from, double points) {
    double value = from;
    if (is_logarithmic(field)) {
        const double floor = std::max(std::abs(field.min), field.unit == "ms" ? 0.1 : 1e-3);
        value = std::max(from, floor) * std::exp2(points / 96);
    } else if (field.unit == "dB" || field.unit == "LUFS" || field.unit == "dBTP") {
        value = std::round((from + points * 0.05) * 100) / 100;
    } else {
        const bool is_bounded = std::isfinite(field.min) && std::isfinite(field.max);
        value = from + points * (is_bounded ? (field.max - field.min) / 400 : 0.02);
    }
    if (field.kind == FieldKind::integer) value = std::round(value);
    if (is_logarithmic(field)) value = std::stod(fmt::format("{:.4g}", value));
    if (!is_logarithmic(field) && field.unit.empty()) value = std::round(value * 1000) / 1000;
    return std::clamp(value, field.min, field.max);
}

std::string range_text(const Field& field) {
    if (!std::isfinite(field.min) || !std::isfinite(field.max)) return "";
    return fmt::format("{} to {}", quantity_text(field.min, field.unit), quantity_text(field.max, field.unit));
}

void tip(const Field& field, Origin origin) {
    std::string text(field.help);
    if (const std::string range = range_text(field); !range.empty()) text += "\n" + range;
    if (origin == Origin::track) text += "\nthis song's own; right-click takes the album's";
    pointer_hint() = text;
    std::replace(pointer_hint().begin(), pointer_hint().end(), '\n', ' ');
    ImGui::SetTooltip("%s", text.c_str());
}

Handled typed_text(const Field& field, float width) {
    Handled handled;
    if (typing.begins) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(width);
    const bool entered = ImGui::InputText("##typed", typing.text.data(), typing.text.size(),
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    if (entered) {
        const std::string text = typing.text.data();
        if (field.kind == FieldKind::text) {
            handled.value = Value(text);
        } else if (const auto value = typed_quantity(text, field.unit)) {
            handled.value = Value(std::clamp(*value, field.min, field.max));
        } else if (std::find(field.choices.begin(), field.choices.end(), text) != field.choices.end()) {
            handled.value = Value(text);
        }
    }
    handled.let_go = entered;
    if (entered || (!typing.begins && ImGui::IsItemDeactivated())) typing.name.clear();
    typing.begins = false;
    return handled;
}

std::string value_text(const Field& field, const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return quantity_text(*number, field.unit);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
        std::string list;
        for (const double number : *numbers)
            list += (list.empty() ? "" : " \u00b7 ") + quantity_text(number, field.unit);
        return list;
    }
    return std::holds_alternative<std::monostate>(value) ? no_value : "";
}

Handled number_or_text(const std::string& name, const Field& field, const Value& value, float width) {
    if (typing.name == name) return typed_text(field, width);
    Handled handled;
    const ImVec2 low = ImGui::GetCursorScreenPos(), size{width, ImGui::GetFrameHeight()};
    ImGui::InvisibleButton("##value", size);
    const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
    const double* const number = std::get_if<double>(&value);
    if (hovered && ImGui::IsMouseDoubleClicked(0)) {
        const bool is_empty = std::holds_alternative<std::monostate>(value);
        typing.begin(name, number ? fmt::format("{:g}", *number) : is_empty ? "" : value_text(field, value));
        return handled;
    }
    if (hovered && ImGui::IsMouseClicked(1)) handled.reset = true;
    const double fine = ImGui::GetIO().KeyShift ? 0.1 : 1;
    if (number && ImGui::IsItemActivated()) drag = {name, 0, *number};
    if (number && active && drag.name == name && ImGui::GetIO().MouseDelta.x != 0) {
        drag.moved += static_cast<double>(ImGui::GetIO().MouseDelta.x / look_scale()) * fine;
        const double next = moved(field, drag.from, drag.moved);
        if (next != *number) handled.value = Value(next);
    }
    if (ImGui::IsItemDeactivated() && drag.name == name) {
        handled.let_go = true;
        drag.name.clear();
    }
    if (number && hovered && ImGui::GetIO().MouseWheel != 0 && ImGui::GetIO().KeyCtrl) {
        handled.value = Value(moved(field, *number, static_cast<double>(ImGui::GetIO().MouseWheel) * 10 * fine));
        handled.let_go = true;
    }
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(low, {low.x + size.x, low.y + size.y}, hovered || active ? look().line : look().raised, px(3));
    if (number && std::isfinite(field.min) && std::isfinite(field.max) && field.max > field.min) {
        const bool log = is_logarithmic(field) && field.min > 0;
        const double share = log ? std::log(std::max(*number, field.min) / field.min) / std::log(field.max / field.min)
                                 : (*number - field.min) / (field.max - field.min);
        const float bar = static_cast<float>(std::clamp(share, 0.0, 1.0)) * size.x;
        draw.AddRectFilled({low.x, low.y + size.y - px(2)}, {low.x + bar, low.y + size.y}, look().faint_text, px(1));
    }
    draw_text({low.x + size.x - px(6), low.y + px(3)}, look().text, value_text(field, value), 1);
    if (hovered && number) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    handled.hovered = hovered;
    return handled;
}

Handled choice(const Field& field, const Value& value, float width) {
    Handled handled;
    const auto* const word = std::get_if<std::string>(&value);
    ImGui::SetNextItemWidth(width);
    if (ImGui::BeginCombo("##value", word ? word->c_str() : no_value)) {
        for (const std::string_view candidate : field.choices) {
            const std::string text(candidate);
            if (ImGui::Selectable(text.c_str(), word && *word == text)) handled.value = Value(text);
            name_item("list/" + text);
        }
        ImGui::EndCombo();
    }
    handled.hovered = ImGui::IsItemHovered();
    if (handled.hovered && ImGui::IsMouseClicked(1)) handled.reset = true;
    handled.let_go = handled.value.has_value();
    return handled;
}

}  // namespace

std::string& pointer_hint() {
    static std::string hint;
    return hint;
}

Handled control(const std::string& name, const std::string& label, const Field& field, const Value& value,
                Origin origin) {
    ImGui::PushID(name.c_str());
    const float all = ImGui::GetContentRegionAvail().x, width = std::round(all * 0.52f);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (origin == Origin::track)
        ImGui::GetWindowDrawList()->AddCircleFilled({at.x + px(2), at.y + ImGui::GetFrameHeight() / 2}, px(2.5f),
                                                    look().master);
    draw_text({at.x + px(8), at.y + px(3)}, look().faint_text, label);
    ImGui::SetCursorScreenPos({at.x + all - width, at.y});
    Handled handled;
    if (field.kind == FieldKind::boolean) {
        bool on = std::get<bool>(value);
        if (ImGui::Checkbox("##value", &on)) handled.value = Value(on);
        handled.hovered = ImGui::IsItemHovered();
        handled.reset = handled.hovered && ImGui::IsMouseClicked(1);
        handled.let_go = handled.value.has_value();
    } else if (field.kind == FieldKind::choice) {
        handled = choice(field, value, width);
    } else {
        handled = number_or_text(name, field, value, width);
    }
    name_item(name, field.kind == FieldKind::boolean ? (std::get<bool>(value) ? "true" : "false") : to_toml(value));
    if (handled.hovered && !ImGui::IsMouseDown(0)) tip(field, origin);
    ImGui::PopID();
    return handled;
}

bool toggle(const std::string& name, const std::string& text, bool is_on, const std::string& tip_text,
            unsigned colour) {
    const ImU32 lit = colour ? colour : look().faint_text;
    ImGui::PushStyleColor(ImGuiCol_Button, is_on ? lit : look().raised);
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, is_on ? lit : look().line);
    ImGui::PushStyleColor(ImGuiCol_Text, is_on ? look().on_accent : look().text);
    const bool clicked = ImGui::Button((text + "##" + name).c_str());
    ImGui::PopStyleColor(3);
    name_item(name, is_on ? "on" : "off");
    if (ImGui::IsItemHovered()) {
        pointer_hint() = tip_text;
        ImGui::SetTooltip("%s", tip_text.c_str());
    }
    return clicked;
}

}  // namespace lathe
