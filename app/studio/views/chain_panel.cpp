// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/studio/shell/field_words.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/views/chain_list.h"
#include "app/studio/views/chain_summary.h"
#include "app/studio/views/panels.h"
#include "app/studio/views/strip.h"

namespace lathe {
namespace {

constexpr float head_points = 40, marker_points = 20;

/// A small button at the right of a head; returns whether it was clicked.
bool head_button(const std::string& name, const std::string& value, const char* sign, float right, float y, ImU32 ink,
                 const std::string& tip) {
    const float side = px(18);
    ImGui::SetCursorScreenPos({right - side, y});
    ImGui::PushID(name.c_str());
    const bool clicked = ImGui::InvisibleButton("button", {side, side});
    const bool hovered = ImGui::IsItemHovered();
    name_item(name, value);
    explain(tip);
    ImGui::PopID();
    if (hovered) ImGui::GetWindowDrawList()->AddRectFilled({right - side, y}, {right, y + side}, look().line, px(3));
    draw_text({right - side / 2, y + (side - ImGui::GetFontSize()) / 2}, hovered ? look().text : ink, sign, 0.5f);
    return clicked;
}

void draw_bypass(Studio& studio, const Strip& strip, float right, float y) {
    const bool off = strip.entry.common.bypass;
    const std::string path = strip.path + ".bypass";
    const float side = px(18);
    const bool clicked = head_button(strip.named + "/bypass", off ? "true" : "false", "", right, y, look().text,
                                     off ? "use it again" : "bypass: leave it out");
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const ImVec2 centre{right - side / 2, y + side / 2};
    if (off)
        draw.AddCircle(centre, px(5), look().faint_text, 0, px(1.5f));
    else
        draw.AddCircleFilled(centre, px(5), look().master);
    draw_owner(owner_of(studio, strip, path), {right - px(3), y + px(4)}, look().text);
    Handled handled;
    if (clicked) handled = {Value(!off), false, true, true};
    handled.reset = ImGui::IsItemHovered() && ImGui::IsMouseClicked(1);
    if (clicked || handled.reset) apply(studio, strip, handled, path);
}

void draw_head_text(const Strip& strip, bool is_open, bool dimmed, ImVec2 low, ImVec2 high) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const std::string type(type_of(strip.entry.settings));
    const ImU32 ink = strip.entry.common.bypass ? look().faint_text : look().text;
    draw_text({low.x + px(8), low.y + px(4)}, look().faint_text, is_open ? "\u25be" : "\u25b8");
    draw.PushClipRect(low, {high.x - px(44), high.y}, true);
    draw_text({low.x + px(22), low.y + px(4)}, ink, strip.entry.id);
    const float end = low.x + px(22) + ImGui::CalcTextSize(strip.entry.id.c_str()).x;
    ImGui::PushFont(font(Type::small));
    if (type != strip.entry.id) draw_text({end + px(8), low.y + px(6)}, look().faint_text, type);
    const std::string summary = summary_of(strip.entry, strip.gains);
    const bool is_master = strip.gains && !strip.entry.common.bypass;
    const ImU32 colour = is_master ? look().master : look().faint_text;
    draw_text({low.x + px(22), low.y + px(21)}, dimmed ? with_alpha(colour, 0.55f) : colour, summary);
    ImGui::PopFont();
    draw.PopClipRect();
    name_place(strip.named + "/summary", {low.x + px(22), low.y + px(21)}, {high.x - px(44), high.y}, summary);
}

void choose(Studio& studio, const Strip& strip) {
    const std::string& key = strip.is_albums ? strip.entry.id : strip.path;
    studio.chosen_processor = studio.chosen_processor == key ? "" : key;
}

/// What is the same of a head and a marker: pointed at, dragged, dropped on, removed. Comes behind the buttons that lie
/// on it, so that they get their clicks. Returns whether it was clicked.
bool take_hand(Studio& studio, ChainList& list, std::size_t index, ImVec2 low, ImVec2 high, const std::string& value,
               const std::string& tip) {
    ImGui::SetCursorScreenPos(low);
    const bool clicked = ImGui::InvisibleButton("hand", {high.x - low.x, high.y - low.y});
    name_item(list.name_of(index), value);
    explain(tip + "drag: move, Delete: remove");
    if (ImGui::IsItemHovered() && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Delete))) list.remove(studio, index);
    list.take_drag(studio, index, low, high);
    ImGui::SetCursorScreenPos({low.x, high.y + px(4)});
    return clicked;
}

void draw_remove(Studio& studio, const ChainList& list, std::size_t index, float right, float y) {
    if (head_button(list.name_of(index) + "/remove", "", "\u00d7", right, y, look().faint_text, "remove it"))
        list.remove(studio, index);
}

void draw_head(Studio& studio, ChainList& list, std::size_t index, const Strip& strip, bool is_open) {
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const ImVec2 high{low.x + ImGui::GetContentRegionAvail().x, low.y + px(head_points)};
    const bool hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(low, high);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(low, high, is_open || hovered ? look().line : look().raised, px(3));
    if (is_open) draw.AddRectFilled(low, {low.x + px(3), high.y}, look().master, px(1));
    const TrackMaster* const landed = studio.current_master();
    draw_head_text(strip, is_open, !landed || !landed->is_final, low, high);
    draw_bypass(studio, strip, high.x - px(22), low.y + px(3));
    draw_remove(studio, list, index, high.x - px(3), low.y + px(3));
    const std::string& note = strip.entry.common.note;
    const std::string what = spoken(type_of(strip.entry.settings)) + (note.empty() ? "" : ": " + note);
    if (take_hand(studio, list, index, low, high, is_open ? "open" : "closed", what + "\nclick: open or close, "))
        choose(studio, strip);
}

/// A place in the chain that is no processor: a line with its name.
void draw_marker(Studio& studio, ChainList& list, std::size_t index) {
    const bool is_gain_point = list.slot(index).kind == ChainSlot::Kind::gain_point;
    const char* const text = is_gain_point ? "gain point" : "track";
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = px(marker_points), middle = low.y + height / 2;
    const ImVec2 high{low.x + width, low.y + height};
    ImGui::PushFont(font(Type::small));
    const float half = ImGui::CalcTextSize(text).x / 2 + px(6), centre = low.x + width / 2;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddLine({low.x, middle}, {centre - half, middle}, look().line);
    draw.AddLine({centre + half, middle}, {high.x - px(24), middle}, look().line);
    draw_text({centre, middle - ImGui::GetFontSize() / 2}, look().faint_text, text, 0.5f);
    ImGui::PopFont();
    draw_remove(studio, list, index, high.x - px(3), low.y + px(1));
    take_hand(studio, list, index, low, high, "",
              is_gain_point ? "the gain point: here the level that reaches the loudness is set\n"
                            : "here every song's own chain stands\n");
}

void draw_list(Studio& studio, ChainList& list, const ChainGains& gains) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        ImGui::PushID(list.name_of(i).c_str());
        const ChainSlot& slot = list.slot(i);
        if (slot.kind != ChainSlot::Kind::processor) {
            draw_marker(studio, list, i);
        } else {
            const std::string path = processor_path(slot, list.own_track());
            const Strip strip{slot.entry, path, list.name_of(i), list.own_track().empty(),
                              slot.entry.common.bypass ? nullptr : gains.find(path)};
            const bool is_open = studio.chosen_processor == (strip.is_albums ? strip.entry.id : strip.path);
            draw_head(studio, list, i, strip, is_open);
            if (is_open) {
                ImGui::Indent(px(4));
                draw_strip_body(studio, strip);
                ImGui::Unindent(px(4));
                ImGui::Dummy({0, px(4)});
            }
        }
        ImGui::PopID();
    }
    list.draw_add(studio);
}

void draw_scope(Studio& studio) {
    ImGui::PushFont(font(Type::small));
    struct Choice {
        Owner owner;
        std::string named, word, tip;
    };
    std::vector<Choice> choices{
        {Owner::album, "album", "album", "settings are changed for the whole album"},
        {Owner::song, "song", "this song",
         "settings are changed for this song alone; a dot marks them, a right-click takes them back"}};
    if (studio.master != "main")
        choices.push_back({Owner::master, "master", shortened(studio.master, px(96)),
                           fmt::format("settings are changed for the master {} alone, in every song; a square marks "
                                       "them, a right-click takes them back",
                                       studio.master)});
    if (studio.current_version())
        choices.push_back({Owner::version, "version", shortened(studio.version, px(96)),
                           fmt::format("settings are changed for the version {} of this song alone; a triangle marks "
                                       "them, a right-click takes them back",
                                       studio.version)});
    const float gap = px(4), padding = 2 * ImGui::GetStyle().FramePadding.x;
    float width = -gap;
    for (const Choice& choice : choices) width += ImGui::CalcTextSize(choice.word.c_str()).x + padding + gap;
    ImGui::SameLine(ImGui::GetWindowWidth() - width - px(8));
    const float y = ImGui::GetCursorScreenPos().y - px(4);
    for (const Choice& choice : choices) {
        ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, y});  // SameLine may go back to where the line began
        if (toggle("chain/scope/" + choice.named, choice.word, studio.edited == choice.owner, choice.tip,
                   look().master))
            studio.edited = choice.owner;
        ImGui::SameLine(0, gap);
    }
    ImGui::NewLine();
    ImGui::PopFont();
}

/// Its scrollbar's room is there always, so that no width jumps; its grab where there is something to scroll.
void begin_strips() {
    static bool scrolls = false;  // as of the frame before
    const int hidden = scrolls ? 0 : 3;
    if (hidden > 0)
        for (const auto grab : {ImGuiCol_ScrollbarGrab, ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive})
            ImGui::PushStyleColor(grab, IM_COL32_BLACK_TRANS);
    ImGui::BeginChild("strips", {0, 0}, false, ImGuiWindowFlags_AlwaysVerticalScrollbar);
    ImGui::PopStyleColor(hidden);
    scrolls = ImGui::GetScrollMaxY() > 0;
}

}  // namespace

void draw_chain(Studio& studio) {
    draw_panel_title("CHAIN");
    draw_scope(studio);
    begin_strips();
    static ChainGains gains;
    const ChainPair chains = chains_of_song(studio);
    const TrackMaster* const landed = studio.current_master();
    gains.update(landed ? landed->preview : nullptr, studio.document->revision(), chains, shown_master(studio));
    ChainList albums(chains.albums, "");
    draw_list(studio, albums, gains);
    if (const Track* const track = studio.current_track()) {
        ImGui::Dummy({0, px(8)});
        draw_panel_title("THIS SONG ALONE");
        ChainList own(chains.own, track->id);
        draw_list(studio, own, gains);
    }
    ImGui::EndChild();
}

}  // namespace lathe
