// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/goniometer.h"
#include "app/studio/views/meter_bar.h"
#include "app/studio/views/slot_words.h"

namespace lathe {
namespace {

struct Row {
    const char *name, *range;
};
/// All, then each of correlation_bands.
constexpr Row rows[] = {{"all", "all frequencies"},
                        {"low", "below 120 Hz"},
                        {"to 1k", "120 Hz to 1 kHz"},
                        {"to 6k", "1 to 6 kHz"},
                        {"high", "above 6 kHz"}};
static_assert(std::size(rows) == correlation_bands.size() + 1);

const StereoFigures& figures_of(const StereoBands& bands, std::size_t row) {
    return row == 0 ? bands.all : bands.bands[row - 1];
}
std::optional<double> known(float value) {
    return std::isnan(value) ? std::nullopt : std::optional(static_cast<double>(value));
}

}  // namespace

void draw_stereo_bands(Studio& studio, float width) {
    const Slot slot = studio.monitoring.slot;
    const auto piece = studio.live_piece(slot);
    const auto song = studio.analyses.stereo_bands(studio.sound_at(slot));
    const StereoBands none, &now = piece ? piece->instant.stereo : none, &whole = song ? *song : none;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float name = px(54), gap = px(10), bar = std::floor((width - name - gap) / 2);
    const float correlation_x = at.x + name, width_x = correlation_x + bar + gap;
    ImGui::PushFont(font(Type::small));
    draw_text(at, colour_of(slot), word_of(slot));
    draw_text({correlation_x, at.y}, look().faint_text, "correlation");
    draw_text({width_x, at.y}, look().faint_text, "width");
    ImGui::Dummy({width, ImGui::GetFontSize() + px(3)});
    ImGui::PopFont();
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        const StereoFigures &here = figures_of(now, i), &all = figures_of(whole, i);
        const ImVec2 low = ImGui::GetCursorScreenPos();
        draw_text(low, look().faint_text, rows[i].name);
        const float top = low.y + px(3), bottom = top + px(10);
        draw_level({correlation_x, top}, {correlation_x + bar, bottom}, {-1, 1}, 0, known(here.correlation),
                   known(all.correlation), colour_of(slot));
        draw_level({width_x, top}, {width_x + bar, bottom}, {0, 1}, 0, known(here.width), known(all.width),
                   colour_of(slot));
        ImGui::Dummy({width, px(17)});
        name_item(
            fmt::format("meter/stereo/{}", rows[i].name),
            fmt::format("{:.2f} {:.2f} song {:.2f} {:.2f}", here.correlation, here.width, all.correlation, all.width));
        explain(
            fmt::format("{} of the {}, at the playhead and (mark) in all of it\ncorrelation {} and {}: +1 mono, "
                        "\u22121 opposite\nwidth {} and {}: 0 mono, 0.5 unrelated sides, 1 opposite",
                        rows[i].range, word_of(slot), measured_text(known(here.correlation), "", 2),
                        measured_text(known(all.correlation), "", 2), measured_text(known(here.width), "", 2),
                        measured_text(known(all.width), "", 2)));
    }
}

}  // namespace lathe
