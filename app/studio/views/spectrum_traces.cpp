// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/spectrum_traces.h"

#include <algorithm>
#include <cmath>

#include "app/studio/shell/look.h"
#include "app/studio/views/slot_words.h"
#include "dsp/measure/smoothed_spectrum.h"

namespace lathe {
namespace {

constexpr std::size_t index_of(Slot slot) { return static_cast<std::size_t>(slot); }

std::vector<double> shaped(const Spectrum& spectrum, const std::vector<double>& db, const SpectrumLook& look) {
    if (db.empty()) return {};
    const int bands = look.smoothing_bands();
    std::vector<double> out = bands > 0 ? smoothed_db(spectrum, db, bands) : db;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += look.slope_db_oct() * std::log2(spectrum.hz[i] / 1000);
    return out;
}

/// Value between the points of a rising axis.
std::optional<double> value_at(const std::vector<double>& x, const std::vector<double>& y, double at) {
    if (x.size() < 2 || y.size() != x.size() || at < x.front() || at > x.back()) return {};
    const auto above = std::upper_bound(x.begin() + 1, x.end() - 1, at) - x.begin();
    const auto i = static_cast<std::size_t>(above);
    return std::lerp(y[i - 1], y[i], std::log(at / x[i - 1]) / std::log(x[i] / x[i - 1]));
}

void draw_percentiles(const PlotArea& area, const ShapedSpectrum& s, ImU32 colour) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(area.low(), area.high(), true);
    for (std::size_t i = 0; i + 1 < s.hz.size(); ++i) {
        const float left = area.x_of(s.hz[i]), right = area.x_of(s.hz[i + 1]);
        if (right < area.low().x || left > area.high().x) continue;
        draw.AddQuadFilled({left, area.y_of(s.p90_db[i])}, {right, area.y_of(s.p90_db[i + 1])},
                           {right, area.y_of(s.p10_db[i + 1])}, {left, area.y_of(s.p10_db[i])}, colour);
    }
    draw.PopClipRect();
}

/// Filled towards 0 dB, so that it is no spectrum's line.
void draw_difference(const PlotArea& gains, const std::vector<double>& hz, const std::vector<double>& db,
                     ImU32 colour) {
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float zero = gains.y_of(0);
    draw.PushClipRect(gains.low(), gains.high(), true);
    for (std::size_t i = 0; i + 1 < hz.size(); ++i) {
        const float left = gains.x_of(hz[i]), right = gains.x_of(hz[i + 1]);
        if (right < gains.low().x || left > gains.high().x) continue;
        const float y = gains.y_of((db[i] + db[i + 1]) / 2);
        draw.AddRectFilled({left, std::min(y, zero)}, {right, std::max(y, zero)}, with_alpha(colour, 0.22f));
    }
    draw.PopClipRect();
    gains.curve(hz, db, colour, 1.2f);
}

}  // namespace

void ShapedSpectrum::clear() { *this = {}; }

void ShapedSpectrum::update(const std::shared_ptr<const Spectrum>& of, const SpectrumLook& look) {
    if (of == of_ && look.smoothing == smoothing_ && look.slope == slope_) return;
    of_ = of;
    smoothing_ = look.smoothing;
    slope_ = look.slope;
    hz = of->hz;
    average_db = shaped(*of, of->average_db, look);
    peak_db = shaped(*of, of->peak_db, look);
    p10_db = shaped(*of, of->p10_db, look);
    p90_db = shaped(*of, of->p90_db, look);
}

std::optional<double> ShapedSpectrum::average_at(double at_hz) const { return value_at(hz, average_db, at_hz); }

void SpectrumTraces::update_signal(Studio& studio, Slot slot, bool is_shown) {
    const SpectrumLook& look = spectrum_look();
    SignalSpectra& signal = signals_[index_of(slot)];
    const Sound sound = studio.sound_at(slot);
    signal.is_shown = is_shown && sound;
    if (!signal.is_shown) return;
    std::optional<Stretch> stretch;
    if (look.over == SpectrumOver::loop && studio.loop) {
        const TimePoint start = studio.start_of(slot);
        const auto levels = start.samples > 0 ? studio.analyses.levels(sound) : nullptr;
        const double from_s = levels ? static_cast<double>(start.samples) / levels->rate : start.seconds;
        stretch = Stretch{from_s + studio.loop->from_s, from_s + studio.loop->to_s};
    }
    const auto still = studio.analyses.spectrum(sound, look.part, stretch);
    if (still) signal.still.update(still, look);
    const TrackMaster* const landed = studio.current_master();
    signal.is_true = still && (slot != Slot::master || (landed && landed->is_final));
    if (look.over != SpectrumOver::live) return signal.live.clear();
    const auto piece = studio.live_piece(slot);
    if (!piece) return signal.live.clear();
    const Spectrum& spectrum = piece->instant.spectra[static_cast<std::size_t>(look.part)];
    if (spectrum.hz.empty()) return signal.live.clear();
    signal.live.update(std::shared_ptr<const Spectrum>(piece, &spectrum), look);
}

void SpectrumTraces::update_difference(const Studio& studio) {
    const SpectrumLook& look = spectrum_look();
    difference_hz_.clear();
    difference_db_.clear();
    if (look.less == SpectrumLess::nothing) return;
    less_ = look.less == SpectrumLess::source ? Slot::source : Slot::reference;
    const ShapedSpectrum &master = signals_[index_of(Slot::master)].bright(),
                         &other = signals_[index_of(less_)].bright();
    const double gain_db = studio.monitor.gain_db(Slot::master) - studio.monitor.gain_db(less_);
    const std::size_t count = std::min(master.hz.size(), other.hz.size());
    for (std::size_t i = 0; i < count; ++i) {  // their grids begin alike
        difference_hz_.push_back(master.hz[i]);
        difference_db_.push_back(master.average_db[i] - other.average_db[i] + gain_db);
    }
}

void SpectrumTraces::update(Studio& studio) {
    const SpectrumLook& look = spectrum_look();
    if (track_ != studio.track) signals_ = {};
    track_ = studio.track;
    update_signal(studio, Slot::source, look.shows_source || look.less == SpectrumLess::source);
    update_signal(studio, Slot::reference, look.shows_reference || look.less == SpectrumLess::reference);
    update_signal(studio, Slot::master, true);
    update_difference(studio);
    signals_[index_of(Slot::source)].is_shown &= look.shows_source;
    signals_[index_of(Slot::reference)].is_shown &= look.shows_reference;
}

void SpectrumTraces::draw(const PlotArea& levels, const PlotArea& gains) const {
    const SpectrumLook& shown = spectrum_look();
    for (const Slot slot : {Slot::source, Slot::reference, Slot::master}) {
        const SignalSpectra& signal = signals_[index_of(slot)];
        if (!signal.is_shown) continue;
        const bool is_live = !signal.live.empty();
        const float alpha = signal.is_true ? 1 : 0.4f;
        const ImU32 colour = colour_of(slot);
        if (shown.shows_percentiles && slot == Slot::master)
            draw_percentiles(levels, signal.still, with_alpha(colour, (is_live ? 0.1f : 0.16f) * alpha));
        if (shown.shows_peak) levels.curve(signal.still.hz, signal.still.peak_db, with_alpha(colour, 0.4f * alpha), 1);
        if (shown.shows_average)
            levels.curve(signal.still.hz, signal.still.average_db, with_alpha(colour, is_live ? 0.35f : alpha), 1.3f);
        if (is_live) levels.curve(signal.live.hz, signal.live.average_db, colour, 1.3f);
    }
    if (!difference_hz_.empty()) draw_difference(gains, difference_hz_, difference_db_, colour_of(less_));
}

std::vector<SpectrumReading> SpectrumTraces::readings(double hz) const {
    const SpectrumLook& shown = spectrum_look();
    std::vector<SpectrumReading> found;
    const auto add = [&](const std::string& name, ImU32 colour, const std::optional<double>& db) {
        if (db) found.push_back({name, colour, *db});
    };
    for (const Slot slot : {Slot::master, Slot::source, Slot::reference}) {
        const SignalSpectra& signal = signals_[index_of(slot)];
        if (!signal.is_shown) continue;
        const std::string word = word_of(slot);
        if (shown.shows_average || !signal.live.empty()) add(word, colour_of(slot), signal.bright().average_at(hz));
        if (shown.shows_peak) add(word + " peak", colour_of(slot), value_at(signal.still.hz, signal.still.peak_db, hz));
        if (shown.shows_percentiles && slot == Slot::master) {
            add("10\u2009%", colour_of(slot), value_at(signal.still.hz, signal.still.p10_db, hz));
            add("90\u2009%", colour_of(slot), value_at(signal.still.hz, signal.still.p90_db, hz));
        }
    }
    add("difference", colour_of(less_), value_at(difference_hz_, difference_db_, hz));
    return found;
}

}  // namespace lathe
