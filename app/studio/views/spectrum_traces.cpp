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

/// Between two curves: one strip without soft edges, which is what so many points can afford in every frame.
void fill_between(const PlotArea& area, const std::vector<double>& hz, const std::vector<double>& low_db,
                  const std::vector<double>& high_db, ImU32 colour) {
    if (hz.size() < 2) return;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    const auto count = static_cast<int>(hz.size());
    draw.PushClipRect(area.low(), area.high(), true);
    draw.PrimReserve(6 * (count - 1), 2 * count);
    const auto first = static_cast<ImDrawIdx>(draw._VtxCurrentIdx);
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const float x = area.x_of(hz[at]);
        draw.PrimWriteVtx({x, area.y_of(low_db[at])}, white, colour);
        draw.PrimWriteVtx({x, area.y_of(high_db[at])}, white, colour);
    }
    for (int i = 0; i + 1 < count; ++i)
        for (const int corner : {0, 1, 3, 0, 3, 2}) draw.PrimWriteIdx(static_cast<ImDrawIdx>(first + 2 * i + corner));
    draw.PopClipRect();
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
            fill_between(levels, signal.still.hz, signal.still.p10_db, signal.still.p90_db,
                         with_alpha(colour, (is_live ? 0.1f : 0.16f) * alpha));
        if (shown.shows_peak) levels.curve(signal.still.hz, signal.still.peak_db, with_alpha(colour, 0.4f * alpha), 1);
        if (shown.shows_average)
            levels.curve(signal.still.hz, signal.still.average_db, with_alpha(colour, is_live ? 0.35f : alpha), 1.3f);
        if (is_live) levels.curve(signal.live.hz, signal.live.average_db, colour, 1.3f);
    }
    const ImU32 colour = colour_of(less_);  // filled towards 0 dB, so that it is no spectrum's line
    const std::vector<double> zero(difference_hz_.size(), 0.0);
    fill_between(gains, difference_hz_, zero, difference_db_, with_alpha(colour, 0.22f));
    gains.curve(difference_hz_, difference_db_, colour, 1.2f);
}

std::vector<SpectrumReading> SpectrumTraces::readings(double hz) const {
    const SpectrumLook& shown = spectrum_look();
    std::vector<SpectrumReading> found;
    const auto add = [&](const std::string& name, ImU32 colour, const std::optional<double>& db) {
        if (db) found.push_back({name, colour, *db});
    };
    constexpr std::array slots{Slot::master, Slot::source, Slot::reference};
    for (const Slot slot : slots) {
        const SignalSpectra& signal = signals_[index_of(slot)];
        if (signal.is_shown && (shown.shows_average || !signal.live.empty()))
            add(word_of(slot), colour_of(slot), signal.bright().average_at(hz));
    }
    add("difference", colour_of(less_), value_at(difference_hz_, difference_db_, hz));
    for (const Slot slot : slots) {
        const SignalSpectra& signal = signals_[index_of(slot)];
        if (signal.is_shown && shown.shows_peak)
            add(std::string(word_of(slot)) + " peak", colour_of(slot),
                value_at(signal.still.hz, signal.still.peak_db, hz));
    }
    const ShapedSpectrum& master = signals_[index_of(Slot::master)].still;
    if (shown.shows_percentiles) {
        add("10\u2009%", colour_of(Slot::master), value_at(master.hz, master.p10_db, hz));
        add("90\u2009%", colour_of(Slot::master), value_at(master.hz, master.p90_db, hz));
    }
    return found;
}

}  // namespace lathe
