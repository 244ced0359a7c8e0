// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/text_entry.h"

#include <algorithm>
#include <utility>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"

namespace lathe {

void TextEntry::begin(std::string of, const std::string& text) {
    of_ = std::move(of);
    text_.fill('\0');
    std::copy_n(text.begin(), std::min(text.size(), text_.size() - 1), text_.begin());
    begins_ = true;
}

std::optional<std::string> TextEntry::draw(ImVec2 at, float width_points, const char* what) {
    const float width = px(width_points), screen = ImGui::GetMainViewport()->Size.x;
    ImGui::SetNextWindowPos({std::clamp(at.x, px(4), screen - width - px(8)), at.y});
    ImGui::SetNextWindowSize({width, 0});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, look().raised);
    ImGui::Begin("##entry", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PushFont(font(Type::small));
    ImGui::TextDisabled("%s", what);
    ImGui::PopFont();
    const bool begins = std::exchange(begins_, false);
    if (begins) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1);
    const bool entered = ImGui::InputText("##text", text_.data(), text_.size(),
                                          ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    name_item("entry", text_.data());
    const bool left = !begins && ImGui::IsItemDeactivated();
    ImGui::End();
    ImGui::PopStyleColor();
    if (entered || left) of_.clear();
    return entered ? std::optional<std::string>(text_.data()) : std::nullopt;
}

}  // namespace lathe
