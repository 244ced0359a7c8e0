// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/resonances.h"
#include "dsp/linear/eq_curve.h"

namespace lathe {
namespace {

/// Points of a spectrum within an octave of a frequency.
struct Around {
    std::vector<double> hz, db;
    double mean_db() const {
        double sum = 0;
        for (const double level : db) sum += level;
        return db.empty() ? 0 : sum / static_cast<double>(db.size());
    }
};
Around around(const Spectrum& spectrum, Range hz) {
    Around near;
    constexpr double one_more = 1.03;  // beyond both edges, so that the curve reaches them
    for (std::size_t i = 0; i < spectrum.hz.size(); ++i) {
        if (spectrum.hz[i] < hz.low / one_more || spectrum.hz[i] > hz.high * one_more) continue;
        near.hz.push_back(spectrum.hz[i]);
        near.db.push_back(spectrum.average_db[i]);
    }
    return near;
}

Around with_cut(Around near, const EqBand& cut) {
    for (std::size_t i = 0; i < near.hz.size(); ++i)
        near.db[i] += 20 * std::log10(std::max(eq_band_magnitude(cut, near.hz[i]), 1e-6));
    return near;
}

/// Of whole steps of 6 dB, that holds the curve and is no narrower than 24 dB.
Range level_range(const Around& near) {
    const auto [least, most] = std::minmax_element(near.db.begin(), near.db.end());
    const double high = 6 * std::ceil((*most + 2) / 6);
    return {std::min(6 * std::floor((*least - 4) / 6), high - 24), high};
}

/// In the lower right corner: what rings stands out upwards.
void draw_legend(ImVec2 corner, bool is_cut) {
    ImGui::PushFont(font(Type::small));
    const float wide = ImGui::CalcTextSize("source with the cut").x, step = ImGui::GetFontSize() + px(1);
    const float tall = static_cast<float>(is_cut ? 2 : 3) * step;
    ImVec2 at{corner.x - px(6), corner.y - px(4) - tall};
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - wide - px(4), at.y - px(2)}, {at.x + px(4), at.y + tall + px(2)},
                                              with_alpha(look().panel, 0.85f), px(3));
    const auto line = [&](ImU32 colour, const char* text) {
        draw_text(at, colour, text, 1);
        at.y += step;
    };
    line(look().source, "source");
    line(look().master, "master, as loud");
    if (!is_cut) line(look().text, "source with the cut");
    ImGui::PopFont();
}

}  // namespace

void draw_resonance_plot(Studio& studio, const Resonance& resonance, ImVec2 low, ImVec2 high) {
    const Range hz{resonance.frequency_hz / 2, std::min(resonance.frequency_hz * 2, 20000.0)};
    const auto source = studio.analyses.spectrum(studio.source_sound(), SpectrumPart::sum);
    if (!source)
        return draw_text({(low.x + high.x) / 2, (low.y + high.y) / 2}, look().faint_text, "measuring\u2026", 0.5f);
    const Around before = around(*source, hz);
    if (before.db.empty()) return;
    const PlotArea area(low, high, frequency_axis(hz), linear_axis(level_range(before), "dB", 6));
    area.draw_axes();
    const Track* const track = studio.current_track();
    const bool is_cut = find_cut(studio.album(), *track, resonance.frequency_hz).has_value();
    const float x = std::round(area.x_of(resonance.frequency_hz)), half = px(2);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const double wide = std::exp(std::asinh(1 / (2 * resonance.q)));  // of the bell, to one side
    draw.AddRectFilled({area.x_of(resonance.frequency_hz / wide), area.low().y},
                       {area.x_of(resonance.frequency_hz * wide), area.high().y}, with_alpha(look().caution, 0.12f));
    draw.AddTriangleFilled({x - 2 * half, area.low().y}, {x + 2 * half, area.low().y}, {x, area.low().y + 4 * half},
                           look().caution);
    if (!is_cut) {
        const Around after = with_cut(before, suggested_cut(resonance));
        area.curve(after.hz, after.db, look().text, 1.2f);
    }
    area.curve(before.hz, before.db, look().source, 1.5f);
    static std::shared_ptr<const Spectrum> last;  // stays, dimmed, until the next one is there
    const auto master = studio.analyses.spectrum(studio.master_sound(), SpectrumPart::sum);
    if (master) last = master;
    if (last && studio.current_master()) {
        Around mastered = around(*last, hz);
        const double by = before.mean_db() - mastered.mean_db();
        for (double& level : mastered.db) level += by;
        area.curve(mastered.hz, mastered.db, with_alpha(look().master, master ? 1 : 0.4f), 1.5f);
    }
    draw_legend(high, is_cut);
    name_place("resonances/plot", low, high, fmt::format("{:.1f}", resonance.frequency_hz));
}

}  // namespace lathe
