// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/strip.h"
#include "dsp/core/decibel.h"
#include "dsp/dynamics/clipper.h"
#include "dsp/dynamics/gain_computer.h"

namespace lathe {
namespace {

constexpr Range levels_db{-60, 6};
constexpr double around_playhead_s = 5;

/// Level out over level in, and what leaves the level alone.
template <class Out>
PlotArea draw_transfer(const PlotBox& box, Range range, double step, Out out) {
    const PlotArea area(box.low, box.high, linear_axis(range, "", step), linear_axis(range, "", step));
    area.draw_axes();
    std::vector<double> x, y;
    for (double db = range.low; db <= range.high; db += (range.high - range.low) / 128) {
        x.push_back(db);
        y.push_back(out(db));
    }
    area.curve(std::vector{range.low, range.high}, std::vector{range.low, range.high}, look().strong_grid, 1);
    area.curve(x, y, look().text, 1.5f);
    return area;
}

/// The level at which the static curve changes the gain by so much; nothing where it never does.
std::optional<double> level_of_change(const GainComputer& curve, double change_db, bool turns_up) {
    std::optional<double> nearest;
    double least = 0.25;
    for (double level = levels_db.low; level <= levels_db.high; level += 0.25) {
        const double off = std::abs(curve.change_db(level) - change_db);
        if (off < least || (turns_up && off == least)) {
            least = off;
            nearest = level;
        }
    }
    return nearest;
}

/// A gain from 0 downwards or upwards, as a bar beside a plot.
void draw_gain_bar(ImVec2 low, ImVec2 high, double now_db, double furthest_db) {
    constexpr double reach_db = 24;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(low, high, look().raised, px(2));
    const auto share = [&](double db) { return static_cast<float>(std::min(std::abs(db) / reach_db, 1.0)); };
    const float height = high.y - low.y;
    draw.AddRectFilled(low, {high.x, low.y + share(now_db) * height}, look().master, px(2));
    const float mark = std::round(low.y + share(furthest_db) * height);
    draw.AddLine({low.x, mark}, {high.x, mark}, look().master, px(1));
}

std::string gains_line(const Strip& strip, double now_db) {
    if (!strip.gains) return no_value;
    const GainFigures& all = strip.gains->all;
    return fmt::format("now {} \u00b7 max {} \u00b7 mean {} \u00b7 active {:.0f} %", quantity_text(now_db, "dB"),
                       quantity_text(all.furthest_db, "dB"), quantity_text(all.mean_db, "dB"), 100 * all.active_share);
}

/// The figures under a plot, named for scripts.
void draw_figures(const Strip& strip, const std::string& text) {
    ImGui::PushFont(font(Type::small));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw_text(at, look().faint_text, text);
    ImGui::Dummy({ImGui::GetContentRegionAvail().x, ImGui::GetFontSize()});
    name_item(strip.named + "/figures", text);
    ImGui::PopFont();
}

double now_of(const Studio& studio, const Strip& strip) {
    if (!strip.gains || strip.gains->history->bands.empty()) return 0;
    return gain_at(strip.gains->history->bands.front(), studio.playhead_s);
}

/// The furthest gain of each column of pixels of a stretch around the playhead.
void draw_history(const PlotArea& area, const std::vector<float>& gains_db, double from_s, double to_s) {
    const auto columns = static_cast<std::size_t>(std::max(area.width(), 1.0f));
    std::vector<float> low(columns, 0), high(columns, 0);
    for (std::size_t i = 0; i < columns; ++i) {
        const auto entry = [&](std::size_t column) {
            const double s = from_s + (to_s - from_s) * static_cast<double>(column) / static_cast<double>(columns);
            return static_cast<std::ptrdiff_t>(std::floor(s / GainHistory::seconds_per_entry));
        };
        const std::ptrdiff_t end = std::max(entry(i + 1), entry(i) + 1);
        for (std::ptrdiff_t k = std::max<std::ptrdiff_t>(entry(i), 0);
             k < std::min(end, static_cast<std::ptrdiff_t>(gains_db.size())); ++k)
            low[i] = std::min(low[i], gains_db[static_cast<std::size_t>(k)]);
    }
    area.fill_between(low, high, with_alpha(look().master, 0.8f));
}

}  // namespace

void draw_compressor_strip(Studio& studio, const Strip& strip, const CompressorSettings& compressor) {
    const PlotBox box = plot_box(strip.named + "/plot", 148, 28, 18);
    ImGui::PushFont(font(Type::small));
    const GainComputer curve(compressor);
    const bool up = compressor.mode == DynamicsMode::up;
    const auto out = [&](double level) {
        return level + (up ? 1 : -1) * curve.change_db(level) + compressor.makeup_db;
    };
    const float bar = px(10);
    const PlotArea area = draw_transfer({box.low, {box.high.x - bar - px(6), box.high.y}}, levels_db, 12, out);
    area.upright(compressor.threshold_db, with_alpha(look().text, 0.3f));
    const double now = now_of(studio, strip);
    if (const auto level = now != 0 ? level_of_change(curve, std::abs(now), up) : std::nullopt)
        ImGui::GetWindowDrawList()->AddCircleFilled(
            {area.x_of(*level), area.y_of(std::clamp(out(*level), levels_db.low, levels_db.high))}, px(4),
            look().master);
    draw_gain_bar({box.high.x - bar, box.low.y}, box.high, now, strip.gains ? strip.gains->all.furthest_db : 0);
    ImGui::PopFont();
    draw_figures(strip, gains_line(strip, now));
    draw_settings(studio, strip, place_of(strip),
                  {"threshold_db", "ratio", "knee_db", "attack_ms", "release_ms", "makeup_db"});
}

void draw_limiter_strip(Studio& studio, const Strip& strip) {
    const PlotBox box = plot_box(strip.named + "/plot", 92, 28, 18);
    const double now = now_of(studio, strip);
    if (strip.gains && !strip.gains->history->bands.empty()) {
        const std::vector<float>& gains = strip.gains->history->bands.front();
        const double length = static_cast<double>(gains.size()) * GainHistory::seconds_per_entry;
        const double from =
            std::clamp(studio.playhead_s - around_playhead_s, 0.0, std::max(0.0, length - 2 * around_playhead_s));
        const double to = from + 2 * around_playhead_s;
        const double reach = 3 * std::max(2.0, std::ceil(-strip.gains->all.furthest_db / 3));
        const PlotArea area(box.low, box.high, time_axis({from, to}, 5),
                            linear_axis({-reach, 0}, "dB", reach > 6 ? 6 : 3));
        area.draw_axes();
        draw_history(area, gains, from, to);
        area.upright(studio.playhead_s, look().text);
    }
    draw_figures(strip, gains_line(strip, now));
    draw_settings(studio, strip, place_of(strip), {"drive_db", "release_ms", "lookahead_ms", "style"});
}

void draw_clipper_strip(Studio& studio, const Strip& strip, const ClipperSettings& clipper) {
    const PlotBox box = plot_box(strip.named + "/plot", 132, 28, 18);
    ImGui::PushFont(font(Type::small));
    const SoftClip clip(gain_from_db(clipper.threshold_db), clipper.knee_db);
    const Range range{clipper.threshold_db - 18, clipper.threshold_db + 12};
    draw_transfer(box, range, 6, [&](double level) { return db_from_gain(clip(gain_from_db(level))); });
    ImGui::PopFont();
    explain("level out over level in, against the master's ceiling");
    draw_settings(studio, strip, place_of(strip), {"threshold_db", "knee_db", "oversample"});
}

}  // namespace lathe
