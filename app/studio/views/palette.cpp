// SPDX-License-Identifier: GPL-3.0-or-later
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/session/versions.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/commands.h"
#include "app/studio/views/frame.h"

namespace lathe {
namespace {

struct Found {
    std::string text, beside;
    std::function<void()> run;
};

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// Whether each word that was typed is in the text, in whatever order.
bool matches(const std::string& text, const std::string& typed) {
    const std::string all = lower(text), words = lower(typed);
    for (std::size_t from = 0; from < words.size();) {
        const std::size_t to = std::min(words.find(' ', from), words.size());
        if (all.find(words.substr(from, to - from)) == std::string::npos) return false;
        from = to + 1;
    }
    return true;
}

std::vector<Found> found_by(const std::string& typed, Studio& studio, Window& window) {
    std::vector<Found> all;
    for (const Command& command : commands())
        all.push_back({command.name, keys_text(command), [&] { command.run(studio, window); }});
    if (studio.is_open()) {
        for (const std::string& name : version_names(studio.album()))
            if (name != studio.version)
                all.push_back({"version: " + name, "", [&studio, name] { studio.version = name; }});
        for (const Track& track : studio.tracks())
            all.push_back({"song: " + track.info.title, std::to_string(track.number),
                           [&studio, id = track.id] { studio.choose_track(id); }});
        for (const ChainSlot& slot : studio.album().chain)
            if (slot.kind == ChainSlot::Kind::processor)
                all.push_back({"strip: " + slot.entry.id, std::string(type_of(slot.entry.settings)),
                               [&studio, id = slot.entry.id] { studio.chosen_processor = id; }});
    }
    for (const std::filesystem::path& album : studio.recent.albums())
        all.push_back({"open: " + album.parent_path().filename().string() + "/" + album.filename().string(), "",
                       [&studio, album] { studio.open(album); }});
    std::erase_if(all, [&](const Found& one) { return !matches(one.text, typed); });
    return all;
}

bool pressed(ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); }

}  // namespace

void draw_palette(Studio& studio, Window& window) {
    static std::array<char, 128> typed{};
    static std::size_t chosen = 0;
    static bool was_open = false;
    const bool opens = !std::exchange(was_open, studio.shows_palette) && studio.shows_palette;
    if (!studio.shows_palette) return;
    if (opens) {
        typed.fill('\0');
        chosen = 0;
        studio.shows_help = false;
        ImGui::SetNextWindowFocus();
    }
    ImGui::SetNextWindowPos({static_cast<float>(window.width()) / 2, px(72)}, 0, {0.5f, 0});
    ImGui::SetNextWindowSize({px(460), px(336)});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, look().raised);
    ImGui::Begin("palette", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleColor();
    if (opens) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1);
    const bool entered = ImGui::InputTextWithHint("##typed", "a command, a song, a strip, an album", typed.data(),
                                                  typed.size(), ImGuiInputTextFlags_EnterReturnsTrue);
    const bool left = !opens && ImGui::IsItemDeactivated();
    name_item("palette", typed.data());
    const std::vector<Found> found = found_by(typed.data(), studio, window);
    if (pressed(ImGuiKey_DownArrow)) ++chosen;
    if (pressed(ImGuiKey_UpArrow) && chosen > 0) --chosen;
    chosen = std::min(chosen, found.empty() ? 0 : found.size() - 1);
    std::size_t run = entered && !found.empty() ? chosen : found.size();
    ImGui::BeginChild("found");
    for (std::size_t i = 0; i < found.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::Selectable("##found", i == chosen)) run = i;
        const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
        if (i == chosen && (pressed(ImGuiKey_DownArrow) || pressed(ImGuiKey_UpArrow))) ImGui::SetScrollHereY();
        draw_text({low.x + px(8), low.y}, look().text, found[i].text);
        draw_text({high.x - px(8), low.y}, look().faint_text, found[i].beside, 1);
        name_item("palette/" + std::to_string(i + 1), found[i].text);
        ImGui::PopID();
    }
    const bool hovered = ImGui::IsWindowHovered();
    ImGui::EndChild();
    ImGui::End();
    if (run < found.size()) {
        studio.shows_palette = false;
        found[run].run();
    } else if (entered || (left && !hovered)) {
        studio.shows_palette = false;
    }
}

}  // namespace lathe
