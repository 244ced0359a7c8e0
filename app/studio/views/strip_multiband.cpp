// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/strip.h"

namespace lathe {
namespace {

constexpr double lowest_hz = 20, highest_hz = 20000;
constexpr double reach_db = 12;                // of the plot, down and up from its middle line
constexpr double least_crossover_ratio = 1.1;  // between neighbours, so that a drag never makes them meet
constexpr std::size_t most_bands = 8;

/// The band whose settings are shown, by the strip's path.
std::map<std::string, std::size_t> chosen_bands;

struct Edges {
    double low_hz, high_hz;
};
Edges edges_of(const MultibandSettings& multiband, std::size_t band) {
    const std::vector<double>& crossovers = multiband.crossovers_hz;
    return {band == 0 ? lowest_hz : crossovers[band - 1], band < crossovers.size() ? crossovers[band] : highest_hz};
}

std::string band_title(const MultibandSettings& multiband, std::size_t band) {
    const auto [low, high] = edges_of(multiband, band);
    if (band == 0) return "below " + quantity_text(high, "Hz");
    if (band == multiband.crossovers_hz.size()) return "above " + quantity_text(low, "Hz");
    return quantity_text(low, "Hz") + " to " + quantity_text(high, "Hz");
}

void draw_band(Studio& studio, const Strip& strip, const MultibandSettings& multiband, std::size_t band,
               const PlotArea& area) {
    const auto [low_hz, high_hz] = edges_of(multiband, band);
    const float left = area.x_of(std::clamp(low_hz, lowest_hz, highest_hz));
    const float right = area.x_of(std::clamp(high_hz, lowest_hz, highest_hz));
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    std::size_t& chosen = chosen_bands[strip.path];
    const float handle = px(4);
    ImGui::SetCursorScreenPos({left + handle, area.low().y});
    ImGui::PushID(static_cast<int>(band));
    if (ImGui::InvisibleButton("band", {std::max(right - left - 2 * handle, px(4)), area.high().y - area.low().y}))
        chosen = band;
    const std::string name = fmt::format("{}/band/{}", strip.named, band + 1);
    const ProcessorGains* const gains = strip.gains;
    const bool has_gains = gains && band < gains->bands.size();
    const GainFigures figures = has_gains ? gains->bands[band] : GainFigures{};
    const double now = has_gains ? gain_at(gains->history->bands[band], studio.playhead_s) : 0;
    name_item(name, chosen == band ? "chosen" : "");
    explain(fmt::format("band {}, {}: {} at the playhead, {} at most, mean {}; click for its settings", band + 1,
                        band_title(multiband, band), signed_text(now, "dB"), signed_text(figures.furthest_db, "dB"),
                        signed_text(figures.mean_db, "dB")));
    if (chosen == band) draw.AddRectFilled({left, area.low().y}, {right, area.high().y}, with_alpha(look().text, 0.1f));
    const float bar_left = left + px(3), bar_right = right - px(3);
    const auto y_of = [&](double db) { return area.y_of(std::clamp(db, -reach_db, reach_db)); };
    const float zero = area.y_of(0);
    if (figures.furthest_db != 0) {
        const float furthest = std::round(y_of(figures.furthest_db));
        draw.AddRectFilled({bar_left, std::min(zero, furthest)}, {bar_right, std::max(zero, furthest)},
                           with_alpha(look().master, 0.22f));
        draw.AddLine({bar_left, furthest}, {bar_right, furthest}, look().master);
    }
    if (now != 0)
        draw.AddRectFilled({bar_left, std::min(zero, y_of(now))}, {bar_right, std::max(zero, y_of(now))},
                           look().master);
    const ImU32 ink = multiband.bands[band].bypass ? look().faint_text : look().text;
    const std::string state = multiband.bands[band].bypass ? "off" : multiband.bands[band].solo ? "solo" : "";
    const float middle = (left + right) / 2;
    draw_text({middle, area.low().y + px(1)}, ink, std::to_string(band + 1), 0.5f);
    const std::string figure = !state.empty() ? state : has_gains ? measured_text(figures.furthest_db, "") : "";
    const float line = ImGui::GetFontSize() + px(1);  // on the side of 0 dB where the bar is not
    const float y = figures.furthest_db > 0 ? area.high().y - line : area.low().y + line;
    if (ImGui::CalcTextSize(figure.c_str()).x < right - left) draw_text({middle, y}, ink, figure, 0.5f);
    ImGui::PopID();
}

/// A crossover that is being dragged, before it is rounded.
double dragged_hz = 0;

void draw_crossover(Studio& studio, const Strip& strip, const MultibandSettings& multiband, std::size_t index,
                    const PlotArea& area) {
    const std::vector<double>& all = multiband.crossovers_hz;
    const float x = std::round(area.x_of(std::clamp(all[index], lowest_hz, highest_hz)));
    const std::string path = strip.path + ".crossovers_hz";
    ImGui::SetCursorScreenPos({x - px(4), area.low().y});
    ImGui::PushID(static_cast<int>(100 + index));
    ImGui::InvisibleButton("crossover", {px(8), area.high().y - area.low().y});
    name_item(fmt::format("{}/crossover/{}", strip.named, index + 1), fmt::format("{:g}", all[index]));
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (lit) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    explain(quantity_text(all[index], "Hz") + "   drag to move the crossover (Shift: fine)");
    const ImGuiIO& io = ImGui::GetIO();
    Handled handled;
    if (ImGui::IsItemActivated()) dragged_hz = all[index];
    if (ImGui::IsItemActive() && io.MouseDelta.x != 0) {
        const double way = static_cast<double>(io.MouseDelta.x / area.width()) * (io.KeyShift ? 0.1 : 1);
        dragged_hz *= std::pow(highest_hz / lowest_hz, way);
        const double low = index == 0 ? lowest_hz : all[index - 1] * least_crossover_ratio;
        const double high = index + 1 == all.size() ? highest_hz : all[index + 1] / least_crossover_ratio;
        dragged_hz = std::clamp(dragged_hz, low, std::max(low, high));
        std::vector<double> moved = all;
        moved[index] = std::stod(fmt::format("{:.3g}", dragged_hz));
        if (moved != all) handled.value = Value(moved);
    }
    handled.let_go = ImGui::IsItemDeactivated();
    apply(studio, strip, handled, path);
    ImGui::PopID();
    ImGui::GetWindowDrawList()->AddRectFilled({x - (lit ? px(1) : 0), area.low().y}, {x + px(1), area.high().y},
                                              lit ? look().text : look().faint_text);
    draw_text({x, area.high().y + px(2)}, lit ? look().text : look().faint_text, quantity_text(all[index], "Hz"), 0.5f);
}

void draw_plot(Studio& studio, const Strip& strip, const MultibandSettings& multiband) {
    const PlotBox box = plot_box(strip.named + "/plot", 124, 26, 18);
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::PushFont(font(Type::small));
    const PlotArea area(box.low, box.high, Axis{{lowest_hz, highest_hz}, "", true, {}},
                        linear_axis({-reach_db, reach_db}, "dB", 6));
    area.draw_axes(false);
    for (std::size_t i = 0; i < multiband.bands.size(); ++i) draw_band(studio, strip, multiband, i, area);
    for (std::size_t i = 0; i < multiband.crossovers_hz.size(); ++i) draw_crossover(studio, strip, multiband, i, area);
    ImGui::PopFont();
    ImGui::SetCursorScreenPos(after);
}

std::string row_text(const BandSettings& band) {
    static const BandSettings defaults;
    std::string text;
    for (const Field& field : BandSettings::fields())
        if (field.get(&band) != field.get(&defaults))
            text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", field.name, to_toml(field.get(&band)));
    return "{ " + text + " }";
}

/// Cuts the band in two alike ones, or gives its place to its lower neighbour; the crossovers go with it.
void split_band(Studio& studio, const Strip& strip, const MultibandSettings& multiband, std::size_t band) {
    const auto [low, high] = edges_of(multiband, band);
    std::vector<double> crossovers = multiband.crossovers_hz;
    crossovers.insert(crossovers.begin() + static_cast<std::ptrdiff_t>(band),
                      std::stod(fmt::format("{:.2g}", std::sqrt(low * high))));
    studio.edit("split a band", {Edit::insert(strip.path + ".bands", row_text(multiband.bands[band]), band + 1),
                                 Edit{strip.path + ".crossovers_hz", to_toml(Value(crossovers))}});
}
void remove_band(Studio& studio, const Strip& strip, const MultibandSettings& multiband, std::size_t band) {
    std::vector<double> crossovers = multiband.crossovers_hz;
    crossovers.erase(crossovers.begin() + static_cast<std::ptrdiff_t>(band == 0 ? 0 : band - 1));
    studio.edit("remove a band", {Edit::remove(fmt::format("{}.bands.{}", strip.path, band + 1)),
                                  Edit{strip.path + ".crossovers_hz", to_toml(Value(crossovers))}});
}

void draw_band_head(Studio& studio, const Strip& strip, const MultibandSettings& multiband, std::size_t band) {
    draw_text(ImGui::GetCursorScreenPos(), look().text, fmt::format("{}  {}", band + 1, band_title(multiband, band)));
    ImGui::Dummy({0, ImGui::GetFontSize()});
    const BandSettings& settings = multiband.bands[band];
    const std::string path = fmt::format("{}.bands.{}", strip.path, band + 1);
    const auto switch_at = [&](const char* key, const char* text, bool on, const char* tip, ImU32 colour) {
        const std::string own = path + "." + key;
        if (toggle(own, text, on, tip, colour)) apply(studio, strip, {Value(!on), false, true, true}, own);
    };
    ImGui::PushFont(font(Type::small));
    switch_at("solo", "solo", settings.solo, "hear only the bands that say so", look().caution);
    ImGui::SameLine(0, px(4));
    switch_at("bypass", "bypass", settings.bypass, "leave the band's level alone", look().faint_text);
    const std::size_t count = multiband.bands.size();
    if (count < most_bands) {
        ImGui::SameLine(0, px(4));
        if (toggle(strip.named + "/split-band", "split", false, "cut this band in two alike ones"))
            split_band(studio, strip, multiband, band);
    }
    if (count > 2) {
        ImGui::SameLine(0, px(4));
        if (toggle(strip.named + "/remove-band", "remove", false, "take this band out; its neighbour takes its place"))
            remove_band(studio, strip, multiband, band);
    }
    ImGui::PopFont();
}

}  // namespace

void draw_multiband_strip(Studio& studio, const Strip& strip, const MultibandSettings& multiband) {
    draw_plot(studio, strip, multiband);
    const std::size_t band = std::min(chosen_bands[strip.path], multiband.bands.size() - 1);
    draw_band_head(studio, strip, multiband, band);
    draw_settings(studio, strip,
                  {fmt::format("{}.bands.{}", strip.path, band + 1), BandSettings::fields(), &multiband.bands[band]},
                  {"threshold_db", "ratio", "knee_db", "attack_ms", "release_ms", "makeup_db"}, {"solo", "bypass"});
    ImGui::Dummy({0, px(1)});
    draw_settings(studio, strip, place_of(strip), {"crossovers_hz", "slope_db_oct"});
}

}  // namespace lathe
