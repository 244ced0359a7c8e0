// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/controls.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/studio/shell/field_words.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/shell/value_box.h"

namespace lathe {
namespace {

constexpr float label_share = 0.46f;

std::string help_of(const Field& field, Owner owner) {
    std::string text(field.help);
    if (std::isfinite(field.min) && std::isfinite(field.max))
        text += fmt::format("\n{} to {}", quantity_text(field.min, field.unit), quantity_text(field.max, field.unit));
    if (owner == Owner::song) text += "\nthis song's own; right-click takes the album's";
    if (owner == Owner::version) text += "\nthis version's own, in this song; right-click takes it back";
    if (owner == Owner::master) text += "\nthis master's own, in every song; right-click takes it back";
    return text;
}

Handled choice(const Field& field, const Value& value, float width, const std::string& shown) {
    Handled handled;
    const auto* const word = std::get_if<std::string>(&value);
    const std::string text = !shown.empty() ? shown : word ? spoken(*word) : no_value;
    const ImVec2 low = ImGui::GetCursorScreenPos(),
                 size{width, ImGui::GetFrameHeight()};  // the open list is an item too
    ImGui::SetNextItemWidth(width);
    const bool is_narrow = width < px(64);
    const bool open = ImGui::BeginCombo("##value", text.c_str(), is_narrow ? ImGuiComboFlags_NoArrowButton : 0);
    handled.hovered = ImGui::IsItemHovered();
    handled.reset = handled.hovered && ImGui::IsMouseClicked(1);
    if (open) {
        for (const std::string_view candidate : field.choices) {
            if (ImGui::Selectable(spoken(candidate).c_str(), word && *word == candidate))
                handled.value = Value(std::string(candidate));
            name_item("list/" + std::string(candidate));
        }
        ImGui::EndCombo();
    }
    handled.let_go = handled.value.has_value();
    ImGui::SetCursorScreenPos(low);
    ImGui::Dummy(size);
    return handled;
}

Handled yes_or_no(const Value& value) {
    Handled handled;
    bool on = std::get<bool>(value);
    if (ImGui::Checkbox("##value", &on)) handled.value = Value(on);
    handled.hovered = ImGui::IsItemHovered();
    handled.reset = handled.hovered && ImGui::IsMouseClicked(1);
    handled.let_go = handled.value.has_value();
    return handled;
}

/// A number, or the one word that it may be instead: the word is a button, which gives the last number back.
Handled number_or_word(const std::string& name, const Field& field, const Value& value, float width) {
    static std::map<std::string, double> last_numbers;
    const std::string word(field.choices.front());
    const double* const number = std::get_if<double>(&value);
    if (number) last_numbers[name] = *number;
    const float button = ImGui::CalcTextSize(word.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
    Handled handled =
        value_box(name, field, value, width - button - px(4), number ? value_text(field, value) : no_value);
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    ImGui::SameLine(0, px(4));
    if (toggle(name + "/" + word, word, !number, number ? "takes " + word : "takes a number", look().faint_text)) {
        const auto last = last_numbers.find(name);
        if (number)
            handled.value = Value(word);
        else if (last != last_numbers.end())
            handled.value = Value(last->second);
        else
            handled.reset = true;
        handled.let_go = true;
    }
    ImGui::SetCursorScreenPos(low);
    ImGui::Dummy({high.x - low.x, high.y - low.y});
    return handled;
}

std::string text_for_scripts(const Value& value) {
    if (const bool* on = std::get_if<bool>(&value)) return *on ? "true" : "false";
    return to_toml(value);
}

}  // namespace

void draw_owner(Owner owner, const ImVec2& centre, unsigned colour) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float radius = px(2.5f);
    if (owner == Owner::song) draw.AddCircleFilled(centre, radius, colour);
    if (owner == Owner::master)
        draw.AddRectFilled({centre.x - radius, centre.y - radius}, {centre.x + radius, centre.y + radius}, colour);
    if (owner == Owner::version)
        draw.AddTriangleFilled({centre.x, centre.y - radius * 1.2f}, {centre.x + radius * 1.2f, centre.y + radius},
                               {centre.x - radius * 1.2f, centre.y + radius}, colour);
}

std::string& pointer_hint() {
    static std::string hint;
    return hint;
}

void explain(const std::string& text) {
    constexpr double rest_s = 0.6;
    static std::string pointed_at;
    static double since = 0;
    if (!ImGui::IsItemHovered()) return;
    pointer_hint() = text;
    std::replace(pointer_hint().begin(), pointer_hint().end(), '\n', ' ');
    const ImGuiIO& io = ImGui::GetIO();
    if (text != pointed_at || io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || ImGui::IsMouseDown(0))
        since = ImGui::GetTime();
    pointed_at = text;
    // Nothing covers a text that is being typed.
    if (ImGui::GetTime() - since > rest_s && !io.WantTextInput) ImGui::SetTooltip("%s", text.c_str());
}

Handled cell(const std::string& name, const Field& field, const Value& value, float width, Owner owner,
             const std::string& shown) {
    ImGui::PushID(name.c_str());
    Handled handled;
    if (field.kind == FieldKind::boolean)
        handled = yes_or_no(value);
    else if (field.kind == FieldKind::choice)
        handled = choice(field, value, width, shown);
    else if (field.kind == FieldKind::number && !field.choices.empty())
        handled = number_or_word(name, field, value, width);
    else
        handled = value_box(name, field, value, width, shown.empty() ? value_text(field, value) : shown);
    name_item(name, text_for_scripts(value));
    const ImVec2 corner = ImGui::GetItemRectMin();
    draw_owner(owner, {corner.x + px(4), corner.y + px(4)}, look().master);
    explain(help_of(field, owner));
    ImGui::PopID();
    return handled;
}

Handled control(const std::string& name, const std::string& label, const Field& field, const Value& value,
                Owner owner) {
    const float all = ImGui::GetContentRegionAvail().x, width = std::round(all * (1 - label_share));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(at, {at.x + all - width - px(4), at.y + ImGui::GetFrameHeight()}, true);
    draw_text({at.x + px(8), at.y + px(3)}, look().faint_text, label);
    draw.PopClipRect();
    ImGui::SetCursorScreenPos({at.x + all - width, at.y});
    return cell(name, field, value, width, owner);
}

bool choose(const std::string& name, const Field& field, void* settings, const void* usual, float width,
            const std::string& shown) {
    const Handled handled = cell(name, field, field.get(settings), width, Owner::album, shown);
    if (handled.value) field.set(settings, *handled.value);
    if (handled.reset) field.set(settings, field.get(usual));
    return handled.value || handled.reset;
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
    explain(tip_text);
    return clicked;
}

void flip(const std::string& name, const std::string& text, bool& is_on, const std::string& tip, unsigned colour) {
    if (toggle(name, text, is_on, tip, colour)) is_on = !is_on;
}

}  // namespace lathe
