// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

/// A large figure under its name; dimmed while it is not final.
float figure(float right, const std::string& name, const std::string& value, bool is_final, const char* tip) {
    const ImVec2 origin = ImGui::GetWindowPos();
    const float width = px(124);
    ImGui::PushFont(font(Type::small));
    draw_text({right, origin.y + px(4)}, look().faint_text, name, 1);
    ImGui::PopFont();
    ImGui::PushFont(font(Type::large));
    draw_text({right, origin.y + px(19)}, is_final ? look().master : with_alpha(look().master, 0.45f), value, 1);
    ImGui::PopFont();
    const ImVec2 low{right - width, origin.y}, high{right, origin.y + px(46)};
    name_place("figure/" + name, low, high, is_final ? value : "(" + value + ")");
    if (ImGui::IsMouseHoveringRect(low, high)) ImGui::SetTooltip("%s", tip);
    return right - width - px(8);
}

void draw_figures(Studio& studio) {
    const TrackMaster* const now = studio.current_master();
    const float end = ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - px(12);
    float right = end;
    const bool is_final = now && now->is_final;
    const FileMeasurement none;
    const FileMeasurement& m = now ? now->preview->result.measured : none;
    {
        const float width = px(76);
        const ImVec2 low{right - width, ImGui::GetWindowPos().y + px(22)};
        ImGui::PushFont(font(Type::small));
        const bool busy = studio.board->is_busy;
        const std::string text = busy                       ? "rendering"
                                 : studio.board->edit_s > 0 ? fmt::format("{:.2f}\u2009s", studio.board->edit_s)
                                                            : "";
        draw_text({right, ImGui::GetWindowPos().y + px(4)}, look().faint_text, text, 1);
        ImGui::PopFont();
        ImDrawList& draw = *ImGui::GetWindowDrawList();
        draw.AddRectFilled(low, {right, low.y + px(6)}, look().raised, px(3));
        const float share = busy ? static_cast<float>(studio.renders.progress()) : 1;
        draw.AddRectFilled(low, {low.x + width * share, low.y + px(6)}, busy ? look().master : look().line, px(3));
        name_place("render", low, {right, low.y + px(6)}, busy ? "busy" : "idle");
        right -= width + px(16);
    }
    right = figure(right, "LRA", measured_text(m.loudness_range_lu, "LU"), is_final,
                   "Loudness range of the file that would be delivered now");
    right = figure(right, "true peak", measured_text(m.true_peak_dbtp, "dBTP"), is_final,
                   "True peak of the file that would be delivered now, on its quantised samples");
    figure(right, "integrated", measured_text(m.integrated_lufs, "LUFS"), is_final,
           "Integrated loudness of the file that would be delivered now");
}

/// How it is heard.
void draw_listening(Studio& studio) {
    MonitorSettings& how = studio.monitoring;
    ImGui::SameLine(0, px(16));
    if (toggle("play", studio.monitor.is_playing() ? "\u275a\u275a" : "\u25b6", studio.monitor.is_playing(),
               "play or pause (Space)"))
        studio.play_or_pause();
    const auto signal = [&](const char* name, Slot slot, ImU32 colour, const char* key) {
        ImGui::SameLine(0, px(2));
        const bool is_other = slot == Slot::reference && studio.has_compared_in_place();
        if (toggle(std::string("hear/") + name, is_other ? "then" : name, !studio.blind && how.slot == slot,
                   is_other ? "hear what the master is compared with (3)"
                            : std::string("hear the ") + name + " (" + key + ")",
                   colour))
            how.slot = slot;
    };
    ImGui::SameLine(0, px(6));
    ImGui::Dummy({0, 0});
    ImGui::BeginDisabled(studio.blind.has_value());
    signal("source", Slot::source, look().source, "1");
    signal("master", Slot::master, look().master, "2");
    signal("reference", Slot::reference, look().reference, "3");
    ImGui::EndDisabled();
    ImGui::SameLine(0, px(8));
    flip("hear/matched", "matched", how.is_matched,
         "hear the signals equally loud, to 0.1 LU: the louder ones are turned down (M)");
    ImGui::SameLine(0, px(2));
    flip("hear/delta", "delta", how.is_delta, "hear what the master has changed: master less source (D)");
    ImGui::SameLine(0, px(2));
    flip("hear/dim", "dim", how.is_dimmed, "20 dB softer");
    if (how.solo) {
        ImGui::SameLine(0, px(2));
        const std::string hz = quantity_text(how.solo->hz, "Hz");
        if (toggle("hear/alone", hz, true, hz + " is heard alone; click: all of it again (S)", look().caution))
            how.solo.reset();
        name_item("hear/alone", hz);
    }
    ImGui::SameLine(0, px(8));
    static constexpr const char* modes[] = {"stereo", "mono", "left", "right", "mid", "side", "swap"};
    ImGui::SetNextItemWidth(px(76));
    const auto mode = static_cast<std::size_t>(how.mode);
    if (ImGui::BeginCombo("##mode", modes[mode])) {
        for (std::size_t i = 0; i < std::size(modes); ++i) {
            if (ImGui::Selectable(modes[i], i == mode)) how.mode = static_cast<ListenMode>(i);
            name_item(std::string("list/") + modes[i]);
        }
        ImGui::EndCombo();
    }
    name_item("hear/mode", modes[mode]);
    ImGui::SameLine(0, px(8));
    flip("help", "?", studio.shows_help, "what the keys do (?)");
}

}  // namespace

void draw_transport(Studio& studio) {
    ImGui::SetCursorPosY(px(12));
    if (toggle("save", studio.is_open() && studio.document->is_changed() ? "save \u2022" : "save", false,
               "write the album file (Ctrl+S); only what was edited changes in it"))
        studio.save();
    name_item("save", studio.is_open() && studio.document->is_changed() ? "changed" : "saved");
    ImGui::SameLine();
    const bool can_undo = studio.is_open() && studio.document->can_undo();
    ImGui::BeginDisabled(!can_undo);
    if (toggle("undo", "undo", false,
               can_undo ? "take back: " + studio.document->undo_name() + " (Ctrl+Z)" : "nothing to undo"))
        studio.undo();
    name_item("undo", can_undo ? studio.document->undo_name() : "");
    ImGui::EndDisabled();
    ImGui::SameLine(0, px(4));
    const bool can_redo = studio.is_open() && studio.document->can_redo();
    ImGui::BeginDisabled(!can_redo);
    if (toggle("redo", "redo", false,
               can_redo ? "do again: " + studio.document->redo_name() + " (Ctrl+Shift+Z)" : "nothing to do again"))
        studio.redo();
    name_item("redo", can_redo ? studio.document->redo_name() : "");
    ImGui::EndDisabled();
    if (!studio.is_open()) return;
    ImGui::SameLine(0, px(16));
    for (std::size_t i = 0; i < Document::snapshot_count; ++i) {
        const std::string letter(1, static_cast<char>('A' + i));
        if (i > 0) ImGui::SameLine(0, px(2));
        const bool has = studio.document->has_snapshot(i);
        if (toggle("snapshot/" + letter, has ? letter : letter + "\u00b7", studio.document->is_snapshot(i),
                   has ? "recall snapshot " + letter + "; Shift-click takes the state on screen"
                       : "take the state on screen as snapshot " + letter)) {
            if (has && !ImGui::GetIO().KeyShift) {
                studio.recall_snapshot(i);
            } else {
                studio.take_snapshot(i);
            }
        }
    }
    draw_listening(studio);
    draw_figures(studio);
}

}  // namespace lathe
