// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/panels.h"
#include "app/studio/views/piano_ruler.h"
#include "app/studio/views/resonances.h"

namespace lathe {
namespace {

/// Where a column of the list ends, or begins if its text stands left, in points from the list's left edge.
struct Column {
    const char* title;
    float at, align;
};
enum ColumnOf { hertz, note, quality, prominence, decay, presence, confidence, part, suggestion };
constexpr std::array<Column, 9> columns{{{"Hz", 50, 1},
                                         {"note", 58, 0},
                                         {"Q", 160, 1},
                                         {"dB", 192, 1},
                                         {"T60 s", 230, 1},
                                         {"there", 268, 1},
                                         {"sure", 278, 0},
                                         {"kind", 326, 0},
                                         {"cut dB", 418, 1}}};
constexpr float list_width = 472, button_at = 426, bar_width = 40;

void cell(ImVec2 row, ColumnOf column, ImU32 colour, const std::string& text) {
    draw_text({row.x + px(columns[column].at), row.y + px(3)}, colour, text, columns[column].align);
}

std::string kind_text(const Resonance& r) {
    const std::string kind = r.kind == ResonanceKind::fixed ? "fixed" : "note";
    return r.channel == Channel::stereo ? kind
                                        : kind + " " + std::string(channel_words[static_cast<std::size_t>(r.channel)]);
}

void draw_cells(ImVec2 row, const Resonance& r) {
    const ImU32 text = look().text, faint = look().faint_text;
    cell(row, hertz, text, fmt::format("{:.{}f}", r.frequency_hz, r.frequency_hz < 1000 ? 1 : 0));
    cell(row, note, faint, note_text(r.frequency_hz));
    cell(row, quality, text, fmt::format("{:.1f}", r.q));
    cell(row, prominence, text, measured_text(r.prominence_db, ""));
    cell(row, decay, text, fmt::format("{:.2f}", r.decay_t60_s));
    cell(row, presence, text, fmt::format("{:.0f}\u2009%", 100 * r.presence));
    cell(row, part, faint, kind_text(r));
    cell(row, suggestion, text, measured_text(-std::abs(r.cut_db), ""));
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float x = row.x + px(columns[confidence].at), y = row.y + px(8), wide = px(bar_width);
    draw.AddRectFilled({x, y}, {x + wide, y + px(6)}, look().line, px(1));
    draw.AddRectFilled({x, y}, {x + wide * static_cast<float>(r.confidence), y + px(6)}, look().caution, px(1));
}

std::string row_hint(const Resonance& r, bool is_cut) {
    return fmt::format(
        "{} ({}): stands out by {:.1f} dB, rings {:.2f} s, confidence {:.2f}   pointed at: heard alone, "
        "click: choose, Enter: {}, N: next",
        quantity_text(r.frequency_hz, "Hz"), note_text(r.frequency_hz), r.prominence_db, r.decay_t60_s, r.confidence,
        is_cut ? "take the cut back" : "cut");
}

void draw_row(Studio& studio, const Resonance& r, std::size_t number) {
    const std::string name = fmt::format("resonances/{}", number);
    const bool is_cut = find_cut(studio.album(), *studio.current_track(), r.frequency_hz).has_value();
    const bool is_chosen = studio.chosen_resonance_hz == r.frequency_hz;
    const ImVec2 row = ImGui::GetCursorScreenPos(), size{px(list_width), px(22)};
    ImGui::InvisibleButton(name.c_str(), {px(button_at - 4), size.y});
    name_item(name, fmt::format("{:.1f} {}{}", r.frequency_hz, is_cut ? "cut" : "open", is_chosen ? " chosen" : ""));
    if (ImGui::IsItemClicked()) studio.chosen_resonance_hz = r.frequency_hz;
    const bool is_pointed_at =
        ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(row, {row.x + size.x, row.y + size.y});
    if (is_pointed_at) {
        studio.pointed_band = SoloBand{r.frequency_hz, r.q};
        pointer_hint() = row_hint(r, is_cut);
    }
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    if (is_chosen || is_pointed_at)
        draw.AddRectFilled(row, {row.x + size.x, row.y + size.y}, is_chosen ? look().raised : look().line, px(3));
    if (is_chosen) draw.AddRectFilled(row, {row.x + px(2), row.y + size.y}, look().caution);
    draw_cells(row, r);
    ImGui::SetCursorScreenPos({row.x + px(button_at), row.y + px(1)});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), px(2)});
    if (toggle(name + "/cut", is_cut ? "cut \u2713" : "cut", is_cut,
               is_cut ? "take the cut back"
               : studio.edited == Owner::song
                   ? fmt::format("cut it in this song: a bell of {:.1f} dB, Q {:.1f}", r.cut_db, r.q)
                   : fmt::format("cut it in the album's equaliser: a bell of {:.1f} dB, Q {:.1f}", r.cut_db, r.q),
               look().good)) {
        studio.chosen_resonance_hz = r.frequency_hz;
        toggle_cut(studio, r);
    }
    ImGui::PopStyleVar();
    ImGui::SetCursorScreenPos({row.x, row.y + size.y});
}

void draw_list(Studio& studio, const FileResonances& found) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushFont(font(Type::small));
    for (const Column& column : columns)
        draw_text({at.x + px(column.at), at.y}, look().faint_text, column.title, column.align);
    ImGui::PopFont();
    ImGui::SetCursorScreenPos({at.x, at.y + px(16)});
    ImGui::BeginChild("rows", {px(list_width + 10), ImGui::GetContentRegionAvail().y});
    static std::optional<double> seen;  // what was chosen when the list was last moved
    for (std::size_t i = 0; i < found.resonances.size(); ++i) {
        const Resonance& r = found.resonances[i];
        if (seen != studio.chosen_resonance_hz && studio.chosen_resonance_hz == r.frequency_hz) {
            seen = studio.chosen_resonance_hz;
            const float y = ImGui::GetCursorPosY();
            if (y < ImGui::GetScrollY() || y + px(22) > ImGui::GetScrollY() + ImGui::GetWindowHeight())
                ImGui::SetScrollFromPosY(ImGui::GetCursorStartPos().y + y - ImGui::GetScrollY(), 0.5f);
        }
        draw_row(studio, r, i + 1);
    }
    ImGui::EndChild();
}

void draw_scope(Studio& studio) {
    const float y = ImGui::GetCursorPosY() - ImGui::GetFrameHeightWithSpacing();
    const bool is_of_song = studio.edited == Owner::song;
    const char* const scope = is_of_song ? "this song" : "album";
    const float padding = 2 * ImGui::GetStyle().FramePadding.x + ImGui::GetStyle().WindowPadding.x;
    ImGui::SetCursorPos({ImGui::GetWindowWidth() - ImGui::CalcTextSize(scope).x - padding, y});
    if (toggle("resonances/scope", scope, is_of_song,
               is_of_song ? "cuts are made in this song alone; click for the whole album"
                          : "cuts are made in the album's chain, for all songs; click for this song alone",
               look().master))
        studio.edited = is_of_song ? Owner::album : Owner::song;
}

}  // namespace

void draw_resonance_view(Studio& studio) {
    const Track* const track = studio.current_track();
    if (!track) return;
    draw_scope(studio);
    const auto found = resonances_of_song(studio);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const auto in_the_middle = [&](const std::string& text) {
        draw_text({at.x + room.x / 2, at.y + room.y / 2}, look().faint_text, text, 0.5f);
    };
    if (!found) {
        const std::string why = studio.analyses.why_none("resonances " + studio.source_sound().key());
        return in_the_middle(why.empty() ? "listening for what rings\u2026" : why);
    }
    name_place("resonances", at, {at.x + room.x, at.y + room.y}, std::to_string(found->resonances.size()));
    if (found->resonances.empty()) return in_the_middle("nothing rings in this song");
    draw_list(studio, *found);
    const Resonance* seen = chosen_of(studio, *found);
    for (const Resonance& r : found->resonances)
        if (!seen || (studio.pointed_band && studio.pointed_band->hz == r.frequency_hz)) seen = &r;
    const ImVec2 low{at.x + px(list_width + 56), at.y + px(4)}, high{at.x + room.x - px(4), at.y + room.y - px(18)};
    if (high.x - low.x < px(80) || high.y - low.y < px(40)) return;
    draw_resonance_plot(studio, *seen, low, high);
}

}  // namespace lathe
