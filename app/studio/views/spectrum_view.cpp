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
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/panels.h"
#include "dsp/linear/eq_curve.h"
#include "dsp/measure/resonances.h"

namespace lathe {
namespace {

constexpr double reach_db = 18;  // of the gain axis, to both sides
constexpr double floor_db = -96, ceiling_db = 0;
constexpr int curve_points = 512;

/// How the spectra are shown.
struct SpectrumLook {
    double slope_db_oct = 4.5;
    SpectrumPart part = SpectrumPart::sum;
    bool shows_source = true, shows_percentiles = true, shows_resonances = true, shows_peak = false;
} shown;

/// The equaliser that is edited: the chosen processor, or the chain's first.
struct EditedEq {
    std::string id;
    EqSettings settings;
};
std::optional<EditedEq> edited_eq(const Studio& studio) {
    std::optional<EditedEq> first;
    for (const ChainSlot& slot : chain_of_song(studio)) {
        const auto* const eq =
            slot.kind == ChainSlot::Kind::processor ? std::get_if<EqSettings>(&slot.entry.settings) : nullptr;
        if (!eq) continue;
        if (!first || slot.entry.id == studio.chosen_processor) first = {slot.entry.id, *eq};
    }
    return first;
}

std::vector<double> tilted(const Spectrum& spectrum, const std::vector<double>& db) {
    std::vector<double> out(db.size());
    for (std::size_t i = 0; i < db.size(); ++i)
        out[i] = db[i] + shown.slope_db_oct * std::log2(std::max(spectrum.hz[i], 1.0) / 1000);
    return out;
}

void draw_percentiles(const PlotArea& area, const Spectrum& spectrum, ImU32 colour) {
    const std::vector<double> low = tilted(spectrum, spectrum.p10_db), high = tilted(spectrum, spectrum.p90_db);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(area.low(), area.high(), true);
    for (std::size_t i = 0; i + 1 < spectrum.hz.size(); ++i) {
        const ImVec2 corners[] = {{area.x_of(spectrum.hz[i]), area.y_of(high[i])},
                                  {area.x_of(spectrum.hz[i + 1]), area.y_of(high[i + 1])},
                                  {area.x_of(spectrum.hz[i + 1]), area.y_of(low[i + 1])},
                                  {area.x_of(spectrum.hz[i]), area.y_of(low[i])}};
        if (corners[1].x < area.low().x || corners[0].x > area.high().x) continue;
        draw.AddQuadFilled(corners[0], corners[1], corners[2], corners[3], colour);
    }
    draw.PopClipRect();
}

void draw_spectrum_of(const PlotArea& area, const Spectrum& spectrum, ImU32 colour, bool with_percentiles) {
    if (with_percentiles) draw_percentiles(area, spectrum, with_alpha(colour, 0.16f));
    if (shown.shows_peak) area.curve(spectrum.hz, tilted(spectrum, spectrum.peak_db), with_alpha(colour, 0.4f), 1);
    area.curve(spectrum.hz, tilted(spectrum, spectrum.average_db), colour, 1.3f);
}

/// Keys of a piano under the hertz axis, C marked.
void draw_piano(const PlotArea& area) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float top = area.high().y - px(5), bottom = area.high().y;
    constexpr bool is_black[] = {false, true, false, true, false, false, true, false, true, false, true, false};
    for (int note = 16; note < 136; ++note) {
        const double low = 440 * std::exp2((note - 69.5) / 12), high = 440 * std::exp2((note - 68.5) / 12);
        if (high < 20 || low > 20000) continue;
        const float x0 = std::max(area.x_of(low), area.low().x), x1 = std::min(area.x_of(high), area.high().x);
        if (is_black[note % 12]) draw.AddRectFilled({x0, top}, {x1, bottom}, with_alpha(look().text, 0.35f));
        if (note % 12 == 0) draw.AddRectFilled({x0, top}, {x0 + 1, bottom}, look().text);
    }
}

std::vector<double> curve_hz() {
    std::vector<double> hz(curve_points);
    for (int i = 0; i < curve_points; ++i)
        hz[static_cast<std::size_t>(i)] = 20 * std::pow(1000.0, i / (curve_points - 1.0));
    return hz;
}

double decibels(double magnitude) { return 20 * std::log10(std::max(magnitude, 1e-6)); }

void draw_curves(const PlotArea& gains, const EqSettings& eq) {
    static const std::vector<double> hz = curve_hz();
    std::vector<double> sum(hz.size(), 0.0);
    for (const EqBand& band : eq.bands) {
        if (is_neutral(band)) continue;
        std::vector<double> own(hz.size());
        for (std::size_t i = 0; i < hz.size(); ++i) {
            own[i] = decibels(eq_band_magnitude(band, hz[i]));
            sum[i] += own[i];
        }
        gains.curve(hz, own, with_alpha(look().text, 0.25f), 1);
    }
    gains.curve(hz, sum, look().text, 2);
}

/// Where a band's handle stands: at its gain, or on the line where it has none.
ImVec2 place_of(const PlotArea& gains, const EqBand& band) {
    const bool has_gain = band.type == EqBandType::bell || band.type == EqBandType::low_shelf ||
                          band.type == EqBandType::high_shelf || band.type == EqBandType::tilt;
    return {gains.x_of(band.hz), gains.y_of(has_gain ? std::clamp(band.gain_db, -reach_db, reach_db) : 0)};
}

std::string band_hint(const EqBand& band) {
    return fmt::format(
        "{}{}  {}  {}  Q {:.2f}   drag: frequency and gain (Shift: fine), wheel: Q, right-click: bypass, Delete: "
        "remove",
        band.name.empty() ? "" : band.name + ": ", eq_band_types[static_cast<std::size_t>(band.type)],
        quantity_text(band.hz, "Hz"), signed_text(band.gain_db, "dB"), band.q);
}

/// What is going on with a band's handle.
struct BandDrag {
    double hz = 0, gain_db = 0;
} band_drag;

void handle_band(Studio& studio, const PlotArea& gains, const EditedEq& eq, std::size_t index) {
    const EqBand& band = eq.settings.bands[index];
    const ImVec2 at = place_of(gains, band);
    const float radius = px(7);
    const std::string key = band_key(band, index), path = eq.id + ".bands." + key;
    ImGui::SetCursorScreenPos({at.x - radius, at.y - radius});
    ImGui::PushID(static_cast<int>(index));
    ImGui::InvisibleButton("band", {2 * radius, 2 * radius});
    name_item("eq/band/" + key, fmt::format("{:.6g} {:.6g} {:.6g}", band.hz, band.gain_db, band.q));
    const bool hovered = ImGui::IsItemHovered(), active = ImGui::IsItemActive();
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemActivated()) band_drag = {band.hz, band.gain_db};
    if (active && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
        const double fine = io.KeyShift ? 0.1 : 1;
        band_drag.hz *= std::pow(1000.0, static_cast<double>(io.MouseDelta.x / gains.width()) * fine);
        band_drag.gain_db -= static_cast<double>(io.MouseDelta.y / gains.height()) * 2 * reach_db * fine;
        band_drag.hz = std::clamp(band_drag.hz, 20.0, 20000.0);
        band_drag.gain_db = std::clamp(band_drag.gain_db, -24.0, 24.0);
        std::vector<Edit> edits{{edit_path(studio, path + ".hz"), fmt::format("{:.4g}", band_drag.hz)}};
        if (place_of(gains, band).y != gains.y_of(0) || band.type == EqBandType::bell ||
            band.type == EqBandType::low_shelf || band.type == EqBandType::high_shelf || band.type == EqBandType::tilt)
            edits.push_back({edit_path(studio, path + ".gain_db"), fmt::format("{:.1f}", band_drag.gain_db)});
        studio.edit("move EQ band " + key, edits, "band " + path);
    }
    if (ImGui::IsItemDeactivated()) studio.document->end_drag();
    if (hovered) {
        pointer_hint() = band_hint(band);
        if (io.MouseWheel != 0)
            studio.edit("Q of EQ band " + key,
                        {{edit_path(studio, path + ".q"),
                          fmt::format("{:.3g}", std::clamp(band.q * std::pow(1.1, static_cast<double>(io.MouseWheel)),
                                                           0.1, 40.0))}},
                        "q " + path);
        if (ImGui::IsMouseClicked(1))
            studio.edit((band.bypass ? "use EQ band " : "bypass EQ band ") + key,
                        {{edit_path(studio, path + ".bypass"), band.bypass ? "false" : "true"}});
        if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Delete)))
            studio.edit("remove EQ band " + key, {Edit::remove(path)});
    }
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const ImU32 colour = band.bypass ? look().faint_text : look().master;
    draw.AddCircleFilled(at, px(hovered || active ? 6 : 5), with_alpha(colour, band.bypass ? 0.4f : 0.95f));
    draw.AddCircle(at, px(hovered || active ? 6 : 5), look().panel, 0, px(1));
    ImGui::PushFont(font(Type::small));
    draw_text({at.x, at.y - px(21)}, look().text, key, 0.5f);
    ImGui::PopFont();
    ImGui::PopID();
}

/// Double click in the open: a new bell there.
void add_band(Studio& studio, const PlotArea& gains, const std::optional<EditedEq>& eq) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const std::string row = fmt::format("{{ type = \"bell\", hz = {:.4g}, gain_db = {:.1f}, q = 1.0 }}",
                                        gains.x_at(mouse.x), std::clamp(gains.y_at(mouse.y), -reach_db, reach_db));
    if (eq)
        studio.edit("add an EQ band", {Edit::insert(eq->id + ".bands", row)});
    else
        studio.edit("add an equaliser", {Edit::insert("chain", "{ type = \"eq\", bands = [ " + row + " ] }", 0)});
}

void draw_resonances(Studio& studio, const PlotArea& area) {
    const auto found = studio.analyses.resonances(studio.source_sound());
    if (!found) return;
    for (std::size_t i = 0; i < std::min<std::size_t>(found->resonances.size(), 12); ++i) {
        const Resonance& r = found->resonances[i];
        const float x = area.x_of(r.frequency_hz), y = area.low().y + px(8);
        if (studio.chosen_resonance_hz == r.frequency_hz)
            area.upright(r.frequency_hz, with_alpha(look().caution, 0.5f));
        const auto alpha = static_cast<float>(0.35 + 0.65 * r.confidence);
        ImGui::GetWindowDrawList()->AddTriangleFilled({x - px(4), y - px(7)}, {x + px(4), y - px(7)}, {x, y},
                                                      with_alpha(look().caution, alpha));
        const ImVec2 low{x - px(5), y - px(9)}, high{x + px(5), y + px(2)};
        name_place(fmt::format("spectrum/resonance/{}", i + 1), low, high, fmt::format("{:.1f}", r.frequency_hz));
        if (ImGui::IsMouseHoveringRect(low, high))
            pointer_hint() = fmt::format("resonance {} ({}), {:.1f} dB above its surroundings, confidence {:.2f}",
                                         quantity_text(r.frequency_hz, "Hz"), note_name(r.frequency_hz),
                                         r.prominence_db, r.confidence);
    }
}

void draw_options() {
    const float y = ImGui::GetCursorPosY() - ImGui::GetFrameHeightWithSpacing();
    ImGui::SetCursorPos({ImGui::GetWindowWidth() - px(252), y});
    if (toggle("spectrum/source", "source", shown.shows_source, "show the source's spectrum too", look().source))
        shown.shows_source = !shown.shows_source;
    ImGui::SameLine(0, px(4));
    if (toggle("spectrum/percentiles", "10\u201390 %", shown.shows_percentiles,
               "shade between the levels that 10 and 90 % of the time do not pass"))
        shown.shows_percentiles = !shown.shows_percentiles;
    ImGui::SameLine(0, px(4));
    if (toggle("spectrum/peak", "peak", shown.shows_peak, "show the highest level at each frequency"))
        shown.shows_peak = !shown.shows_peak;
    ImGui::SameLine(0, px(4));
    if (toggle("spectrum/resonances", "resonances", shown.shows_resonances, "mark what rings, whatever is played"))
        shown.shows_resonances = !shown.shows_resonances;
}

}  // namespace

void draw_spectrum(Studio& studio) {
    if (!studio.current_track()) return;
    draw_options();
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const ImVec2 low{at.x + px(36), at.y + px(4)}, high{at.x + room.x - px(36), at.y + room.y - px(18)};
    if (high.y - low.y < px(40)) return;
    const Axis hz = frequency_axis({20, 20000});
    const PlotArea area(low, high, hz, linear_axis({floor_db, ceiling_db}, "dB", 12));
    const PlotArea gains(low, high, hz, linear_axis({-reach_db, reach_db}, "dB", 6));
    area.draw_axes();
    ImGui::PushFont(font(Type::small));
    for (double db = -12; db <= 12; db += 6)
        draw_text({high.x + px(4), gains.y_of(db) - ImGui::GetFontSize() / 2}, look().faint_text,
                  fmt::format("{:+.0f}", db), 0);
    ImGui::PopFont();
    gains.level_line(0, look().strong_grid);

    const TrackMaster* const landed = studio.current_master();
    if (shown.shows_source)
        if (const auto spectrum = studio.analyses.spectrum(studio.source_sound(), shown.part))
            draw_spectrum_of(area, *spectrum, look().source, false);
    if (const auto other = studio.analyses.spectrum(studio.reference_sound(), shown.part))
        draw_spectrum_of(area, *other, look().reference, false);
    static std::shared_ptr<const Spectrum> last;  // stays, dimmed, until the next one is there
    const auto spectrum = studio.analyses.spectrum(studio.master_sound(), shown.part);
    if (spectrum) last = spectrum;
    if (last && landed)
        draw_spectrum_of(area, *last, with_alpha(look().master, spectrum && landed->is_final ? 1 : 0.4f),
                         shown.shows_percentiles);
    draw_piano(area);
    if (shown.shows_resonances) draw_resonances(studio, area);

    const std::optional<EditedEq> eq = edited_eq(studio);
    if (eq) draw_curves(gains, eq->settings);
    ImGui::SetCursorScreenPos(low);
    ImGui::SetNextItemWidth(1);
    ImGui::InvisibleButton("spectrum", {high.x - low.x, high.y - low.y});
    name_item("spectrum");
    ImGui::SetItemAllowOverlap();
    const bool in_the_open = ImGui::IsItemHovered();
    if (in_the_open) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        pointer_hint() =
            fmt::format("{} ({})   {:.1f} dB   double-click: add a band", quantity_text(gains.x_at(mouse.x), "Hz"),
                        note_name(gains.x_at(mouse.x)), area.y_at(mouse.y));
        area.upright(area.x_at(mouse.x), look().grid);
    }
    const std::uint64_t revision = studio.document->revision();
    if (eq)
        for (std::size_t i = 0; i < eq->settings.bands.size() && studio.document->revision() == revision; ++i)
            handle_band(studio, gains, *eq, i);
    if (in_the_open && ImGui::IsMouseDoubleClicked(0)) add_band(studio, gains, eq);
}

}  // namespace lathe
