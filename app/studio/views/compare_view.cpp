// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

/// What the album is compared with: the state before the last edit, or a snapshot.
struct Chosen {
    std::size_t snapshot = Document::snapshot_count;  ///< that many: before the last edit
} chosen;

std::shared_ptr<const Album> chosen_album(const Studio& studio) {
    if (chosen.snapshot < Document::snapshot_count && studio.document->has_snapshot(chosen.snapshot))
        return studio.document->snapshot(chosen.snapshot);
    return studio.document->before_last_edit();
}

void draw_choice(Studio& studio) {
    if (toggle("compare/before", "before the last edit", chosen.snapshot == Document::snapshot_count,
               "compare with the album before: " + studio.document->undo_name()))
        chosen.snapshot = Document::snapshot_count;
    for (std::size_t i = 0; i < Document::snapshot_count; ++i) {
        if (!studio.document->has_snapshot(i)) continue;
        const std::string letter(1, static_cast<char>('A' + i));
        ImGui::SameLine(0, px(4));
        if (toggle("compare/" + letter, "snapshot " + letter, chosen.snapshot == i, "compare with snapshot " + letter))
            chosen.snapshot = i;
    }
}

void draw_figures(const TrackPreview& now, const TrackPreview& other) {
    struct Row {
        const char* name;
        std::optional<double> a, b;
        const char* unit;
    };
    const FileMeasurement &m = now.result.measured, &o = other.result.measured;
    const Row rows[] = {
        {"integrated", m.integrated_lufs, o.integrated_lufs, "LUFS"},
        {"true peak", m.true_peak_dbtp, o.true_peak_dbtp, "dBTP"},
        {"range", m.loudness_range_lu, o.loudness_range_lu, "LU"},
        {"peak to loudness", m.plr_lu, o.plr_lu, "dB"},
        {"gain", now.result.gain_db, other.result.gain_db, "dB"},
        {"limiter, most", now.result.limiter.max_reduction_db, other.result.limiter.max_reduction_db, "dB"}};
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float columns[] = {at.x + px(196), at.x + px(284), at.x + px(364)};
    ImGui::PushFont(font(Type::small));
    draw_text({columns[0], at.y}, look().master, "now", 1);
    draw_text({columns[1], at.y}, look().faint_text, "then", 1);
    draw_text({columns[2], at.y}, look().faint_text, "difference", 1);
    ImGui::PopFont();
    float y = at.y + px(16);
    for (const Row& row : rows) {
        draw_text({at.x, y}, look().faint_text, row.name);
        draw_text({columns[0], y}, look().text, measured_text(row.a, row.unit, 2), 1);
        draw_text({columns[1], y}, look().faint_text, measured_text(row.b, row.unit, 2), 1);
        const std::string difference = row.a && row.b ? fmt::format("{:+.2f}", *row.a - *row.b) : no_value;
        draw_text({columns[2], y}, look().text, difference, 1);
        name_place(std::string("compare/") + row.name, {at.x, y}, {columns[2], y + px(16)}, difference);
        y += px(17);
    }
    ImGui::Dummy({px(380), y - at.y});
}

void draw_words(const std::string& from, const std::string& to) {
    static std::string last_from, last_to;
    static std::vector<std::string> lines;
    if (from != last_from || to != last_to) {
        lines = changed_lines(from, to);
        last_from = from;
        last_to = to;
    }
    ImGui::BeginChild("words", {0, px(120)});
    if (lines.empty()) ImGui::TextDisabled("the same settings");
    for (const std::string& line : lines) {
        ImGui::PushStyleColor(ImGuiCol_Text, line.starts_with("+") ? look().master : look().faint_text);
        ImGui::TextUnformatted(line.c_str());
        ImGui::PopStyleColor();
    }
    ImGui::EndChild();
}

void draw_spectra(Studio& studio, const TrackPreview& now, const TrackPreview& other, ImVec2 low, ImVec2 high) {
    const PlotArea area(low, high, frequency_axis({20, 20000}), linear_axis({-9, 9}, "dB", 3));
    area.draw_axes();
    const auto sound = [](const TrackPreview& p) {
        return Sound{{}, p.audio, static_cast<double>(p.result.sample_rate), {}};
    };
    const auto a = studio.analyses.spectrum(sound(now), SpectrumPart::sum);
    const auto b = studio.analyses.spectrum(sound(other), SpectrumPart::sum);
    if (!a || !b || a->hz.size() != b->hz.size()) return;
    const auto &lufs = now.result.measured.integrated_lufs, &others = other.result.measured.integrated_lufs;
    const double matched = lufs && others ? *lufs - *others : 0;
    std::vector<double> difference(a->hz.size());
    for (std::size_t i = 0; i < difference.size(); ++i) difference[i] = a->average_db[i] - b->average_db[i] - matched;
    area.curve(a->hz, difference, look().master, 1.6f);
    ImGui::PushFont(font(Type::small));
    draw_text({low.x + px(6), low.y + px(4)}, look().faint_text, "spectrum: now less then, level-matched, dB");
    ImGui::PopFont();
}

void draw_residual(Studio& studio, const KeptPreview& now, const KeptPreview& other, ImVec2 low, ImVec2 high) {
    const double duration = now->result.duration_s;
    const PlotArea area(low, high, time_axis({0, duration}, 10), linear_axis({-96, 0}, "dBFS", 24));
    area.draw_axes();
    const std::string key =
        fmt::format("difference {} {}", static_cast<const void*>(now.get()), static_cast<const void*>(other.get()));
    const auto difference = studio.analyses.value<MasterDifference>(key, [now, other](const Cancel& cancel) {
        return std::make_shared<const MasterDifference>(difference_of(*now, *other, cancel));
    });
    ImGui::PushFont(font(Type::small));
    draw_text({low.x + px(6), low.y + px(4)}, look().faint_text, "what is left when one is taken from the other, dBFS");
    ImGui::PopFont();
    if (!difference) return;
    std::vector<double> x, y;
    double highest = -INFINITY;
    for (std::size_t i = 0; i < difference->residual_db.size(); ++i) {
        x.push_back((static_cast<double>(i) + 0.5) * MasterDifference::step_s);
        y.push_back(std::max(-120.0, static_cast<double>(difference->residual_db[i])));
        highest = std::max(highest, static_cast<double>(difference->residual_db[i]));
    }
    area.curve(x, y, look().master, 1.2f);
    area.upright(studio.playhead_s, look().text);
    name_place("compare/residual", low, high, std::isinf(highest) ? "-inf" : fmt::format("{:.1f}", highest));
}

}  // namespace

void draw_compare(Studio& studio) {
    draw_choice(studio);
    const auto then = chosen_album(studio);
    const KeptPreview other = studio.past_masters.find(then->text, studio.track);
    const TrackMaster* const now = studio.current_master();
    if (!now || !other) {
        ImGui::TextDisabled(
            "%s", other ? "nothing is rendered yet" : "that state was not rendered: recall it once, then come back");
        return;
    }
    ImGui::BeginGroup();
    draw_figures(*now->preview, *other);
    ImGui::EndGroup();
    ImGui::SameLine(0, px(24));
    draw_words(then->text, studio.album().text);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float left = at.x + px(36), right = at.x + room.x - px(4), half = std::floor(room.y / 2);
    if (half < px(56)) return;
    draw_spectra(studio, *now->preview, *other, {left, at.y + px(4)}, {right, at.y + half - px(16)});
    draw_residual(studio, now->preview, other, {left, at.y + half + px(4)}, {right, at.y + room.y - px(16)});
}

}  // namespace lathe
