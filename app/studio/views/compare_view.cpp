// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/session/versions.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/compare_parts.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

constexpr float left_width = 300;

/// Dims what is drawn there.
void veil(ImVec2 low, ImVec2 high) {
    ImGui::GetWindowDrawList()->AddRectFilled(low, high, with_alpha(look().panel, 0.55f));
}

void draw_with(Studio& studio) {
    using Kind = ComparedWith::Kind;
    ComparedWith& with = studio.compared_with;
    const auto choose = [&](const std::string& name, const std::string& text, bool is_on, const std::string& tip,
                            ComparedWith then, ImU32 colour = 0) {
        if (toggle("compare/" + name, text, is_on, tip, colour)) with = std::move(then);
        ImGui::SameLine(0, px(4));
    };
    choose("before", "last edit", with.kind == Kind::before,
           "compare with the album before: " + studio.document->undo_name(), {});
    for (std::size_t i = 0; i < Document::snapshot_count; ++i) {
        if (!studio.document->has_snapshot(i)) continue;
        const std::string letter(1, static_cast<char>('A' + i));
        choose(letter, letter, with.kind == Kind::snapshot && with.snapshot == i, "compare with snapshot " + letter,
               {Kind::snapshot, i, {}});
    }
    for (const Master& master : studio.album().masters)
        if (master.name != studio.master)
            choose("master/" + master.name, master.name, with.kind == Kind::master && with.name == master.name,
                   "compare with the master " + master.name + " of the same songs", {Kind::master, 0, master.name});
    if (const Track* const track = studio.current_track(); track && !track->versions.empty())
        for (const std::string& name : version_names(studio.album()))
            if (name != studio.version && (name == "main" || find_version(*track, name)))
                choose("version/" + name, shortened(name, px(96)), with.kind == Kind::version && with.name == name,
                       "compare with this song's version " + name, {Kind::version, 0, name});
    if (const Reference* const reference = studio.current_reference())
        choose("reference", reference->info.title, with.kind == Kind::reference,
               "compare with the reference: another recording, so nothing can be taken from the other",
               {Kind::reference, 0, {}}, look().reference);
    choose("source", "source", with.kind == Kind::source, "compare with the mix that the master is made of",
           {Kind::source, 0, {}}, look().source);
}

void draw_span(Studio& studio) {
    const bool loops = studio.compares_loop && studio.loop;
    ImGui::SameLine(0, px(12));
    if (toggle("compare/whole", "whole", !loops, "compare the whole song")) studio.compares_loop = false;
    ImGui::SameLine(0, px(2));
    ImGui::BeginDisabled(!studio.loop);
    if (toggle("compare/loop", "loop", loops,
               studio.loop ? "compare the loop alone" : "there is no loop: Alt-drag in the overview makes one"))
        studio.compares_loop = true;
    ImGui::EndDisabled();
}

void draw_hearing(Studio& studio, const Comparison& comparison) {
    const auto hear = [&](const char* name, const char* text, Slot slot, ImU32 colour, const std::string& tip) {
        const bool is_on = studio.hears_compared && studio.monitoring.slot == slot;
        if (toggle(std::string("compare/hear-") + name, text, is_on, tip, colour)) {
            studio.hears_compared = !is_on;
            studio.monitoring.slot = is_on ? Slot::master : slot;
        }
        ImGui::SameLine(0, px(2));
    };
    ImGui::BeginDisabled(!comparison.other_sound);
    hear("now", "hear now", Slot::master, look().master, "hear the master on screen");
    hear("then", "hear then", Slot::reference, look().reference,
         "hear the other one, from the same place, as loud where the transport says matched");
    ImGui::SameLine(0, px(12));
    ImGui::BeginDisabled(!comparison.loudness || !comparison.is_true);
    if (toggle("compare/blind", "blind test", false,
               "hear A, B and X, which is one of them: can you tell which? Equally loud, whatever is set"))
        start_blind_test(studio);
    ImGui::EndDisabled();
    ImGui::EndDisabled();
}

/// What is still to come: the other side's state is rendered as soon as what is on screen has landed.
void draw_missing(Studio& studio, const Comparison& comparison) {
    const TrackMaster* const landed = studio.current_master();
    if (!landed) return ImGui::TextDisabled("nothing is rendered yet");
    if (!comparison.is_state() && !comparison.other_sound) return ImGui::TextDisabled("there is no such file");
    if (comparison.is_state() && comparison.track.empty()) {
        ImGui::TextDisabled("the song was not in that album");
        return name_item("compare/absent", "shown");
    }
    if (const std::string why = why_not_rendered(studio, comparison); !why.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, look().broken);
        ImGui::TextWrapped("\u25b2 %s", why.c_str());
        ImGui::PopStyleColor();
        return;
    }
    ImGui::TextDisabled("rendering \u2026");
    if (comparison.is_state() && landed->is_final && !is_rendering(studio, comparison))
        render_other(studio, comparison);
}

void draw_words(const Comparison& comparison, const Studio& studio) {
    const std::vector<std::string>& words = words_of(comparison, studio);
    ImGui::BeginChild("words", {0, 0});
    ImGui::PushFont(font(Type::small));
    if (!comparison.is_state()) ImGui::TextDisabled("it has no settings to compare");
    if (comparison.is_state() && words.empty()) ImGui::TextDisabled("the same settings");
    ImGui::PushTextWrapPos(0);
    for (std::size_t i = 0; i < words.size(); ++i) {
        ImGui::TextUnformatted(words[i].c_str());
        name_item(fmt::format("compare/words/{}", i + 1), words[i]);
    }
    ImGui::PopTextWrapPos();
    ImGui::PopFont();
    ImGui::EndChild();
}

}  // namespace

void draw_compare(Studio& studio) {
    const Comparison comparison = comparison_of(studio);
    if (studio.blind) return draw_blind_test(studio, comparison);
    draw_with(studio);
    draw_span(studio);
    draw_hearing(studio, comparison);
    ImGui::PushFont(font(Type::small));
    ImGui::TextDisabled("now: what is on screen   then: %s", comparison.name.c_str());
    ImGui::PopFont();
    name_item("compare", comparison.name);
    const ImVec2 low = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    ImGui::BeginChild("settings", {px(left_width), room.y});
    if (comparison.loudness) draw_compared_figures(*comparison.loudness);
    if (!comparison.is_true) veil(low, {low.x + px(left_width), ImGui::GetCursorScreenPos().y});
    if (!comparison.other_sound || !comparison.is_true) draw_missing(studio, comparison);
    draw_words(comparison, studio);
    ImGui::EndChild();
    ImGui::SameLine(0, px(8));
    if (comparison.loudness) draw_compared_curves(studio, comparison);
    if (!comparison.is_true) veil({low.x + px(left_width), low.y}, {low.x + room.x, low.y + room.y});
}

}  // namespace lathe
