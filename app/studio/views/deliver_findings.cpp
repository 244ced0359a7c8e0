// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/deliver_parts.h"

namespace lathe {
namespace {

constexpr float row_height = 20;
constexpr std::size_t most_rows = 5;

std::string trouble_of(const Studio& studio) {
    const std::string error = studio.deliverer.error();
    return error.empty() ? studio.plan_error : error;
}

/// Whether a delivery takes anything but the rendition on screen: what has landed says nothing of that.
bool delivers_others(const Studio& studio) {
    const auto takes_others = [&](const Delivery& delivery) {
        const std::vector<std::string>& versions = delivery.settings.versions;
        return delivery.settings.master != studio.master ||
               std::any_of(versions.begin(), versions.end(), [&](const auto& name) { return name != studio.version; });
    };
    return std::any_of(studio.album().deliveries.begin(), studio.album().deliveries.end(), takes_others);
}

std::string nothing_found(const Studio& studio, bool is_delivered) {
    const std::string all = "every target is met, no ceiling is passed";
    if (is_delivered || !delivers_others(studio)) return "\u2713 " + all;
    const std::string version = studio.version == "main" ? "" : ", version " + studio.version;
    return fmt::format("\u2713 master {}{}: {}; other masters and versions are measured as they are made",
                       studio.master, version, all);
}

void draw_finding(Studio& studio, const RenderWarning& finding, std::size_t number) {
    const Track* const track = track_of(finding, studio.album());
    const TrackMaster* const landed = track ? studio.master_of(track->id) : nullptr;
    const Sound sound = landed ? sound_of(*landed->preview) : Sound{};
    const auto levels = sound && finding.code == "ceiling" ? studio.analyses.levels(sound) : nullptr;
    const std::optional<double> place = place_of(finding, levels.get());
    std::string where = track ? fmt::format("{} {}", track->number, track->info.title) : "album";
    if (place) where += " " + time_text(*place);
    const bool fails = finding.severity == "fail";
    const std::string text = fmt::format("{} {}: {}", fails ? "\u25b2" : "\u25b3", where, finding.message);
    ImGui::PushStyleColor(ImGuiCol_Text, fails ? look().broken : look().caution);
    const std::string id = fmt::format("{}##finding{}", text, number);
    if (ImGui::Selectable(id.c_str(), false, 0, {0, px(row_height - 4)}) && track) {
        studio.choose_track(track->id);
        if (place) studio.place_playhead(*place);
        studio.say("at " + where);
    }
    ImGui::PopStyleColor();
    name_item(fmt::format("deliver/finding/{}", number), text);
    explain(track ? finding.message + (place ? "\nclick: go to the place" : "\nclick: go to the song")
                  : finding.message);
}

}  // namespace

float findings_height(const Studio& studio, std::size_t count) {
    const std::size_t rows = std::clamp<std::size_t>(count, 1, most_rows) + (trouble_of(studio).empty() ? 0 : 2);
    return px(row_height) * static_cast<float>(rows) + px(4);
}

void draw_findings(Studio& studio, const std::vector<RenderWarning>& findings, bool is_delivered) {
    const std::string trouble = trouble_of(studio);
    if (!trouble.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, look().broken);
        ImGui::TextWrapped("\u25b2 %s", trouble.c_str());
        ImGui::PopStyleColor();
        name_item("deliver/error", trouble);
    }
    ImGui::BeginChild("findings", ImGui::GetContentRegionAvail());
    for (std::size_t i = 0; i < findings.size(); ++i) draw_finding(studio, findings[i], i + 1);
    if (findings.empty()) {
        const bool is_known = is_delivered || studio.board->album_is_final;
        ImGui::PushStyleColor(ImGuiCol_Text, is_known ? look().good : look().faint_text);
        const std::string text = is_known ? nothing_found(studio, is_delivered) : "checking \u2026";
        ImGui::TextUnformatted(text.c_str());
        ImGui::PopStyleColor();
        name_item("deliver/findings", is_known ? "none" : "checking");
        name_item("deliver/findings/text", text);
    } else {
        name_place("deliver/findings", ImGui::GetWindowPos(), ImGui::GetWindowPos(), std::to_string(findings.size()));
    }
    ImGui::EndChild();
}

}  // namespace lathe
