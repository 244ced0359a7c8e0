// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/studio/model/eq_response.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/spectrum_eq.h"
#include "dsp/linear/eq_curve.h"

namespace lathe {
namespace {

std::vector<double> even_hz() {
    constexpr int points = 512;
    std::vector<double> hz(points);
    for (int i = 0; i < points; ++i) hz[static_cast<std::size_t>(i)] = 20 * std::pow(1000.0, i / (points - 1.0));
    return hz;
}

double decibels(double magnitude) { return 20 * std::log10(std::max(magnitude, 1e-6)); }

}  // namespace

std::optional<EditedEq> edited_eq(const Studio& studio) {
    std::optional<EditedEq> first;
    for (const ChainSlot& slot : chain_of_song(studio)) {
        const auto* const eq =
            slot.kind == ChainSlot::Kind::processor ? std::get_if<EqSettings>(&slot.entry.settings) : nullptr;
        if (!eq) continue;
        if (!first || slot.entry.id == studio.chosen_processor) first = {slot.entry.id, *eq, slot.entry.common};
    }
    return first;
}

void EqCurves::update(Studio& studio, const std::optional<EditedEq>& eq) {
    eq_ = eq;
    if (!eq) return ringing_.reset();
    const auto levels = studio.analyses.levels(studio.source_sound());
    const double rate = levels ? levels->rate : 0;
    const int channels = levels ? static_cast<int>(levels->channels.size()) : 0;
    const SpectrumPart part = spectrum_look().part;
    const std::string key = eq_response_key(eq->settings, eq->common, rate, channels);
    const std::string shown_key = fmt::format("{} {}", key, static_cast<int>(part));
    if (shown_key == key_ && is_realised_) return;
    if (shown_key != key_) {
        key_ = shown_key;
        is_realised_ = false;
        make_own(eq->settings);
    }
    if (!levels) return;
    const auto found = studio.pictures.value<EqResponse>(key, [eq = *eq, rate, channels](const Cancel&) {
        return std::make_shared<const EqResponse>(eq_response(eq.settings, eq.common, rate, channels));
    });
    if (!found) return;
    is_realised_ = true;
    hz_ = found->hz;
    db_ = found->db[static_cast<std::size_t>(part)];
    ringing_ = Ringing{found->taps, found->before.loudest_db, found->before.to_60_ms, found->before.to_90_ms};
}

/// Of each band as it is asked for; until it is known what is realised, their sum stands for it.
void EqCurves::make_own(const EqSettings& eq) {
    own_hz_ = hz_ = even_hz();
    own_db_.clear();
    db_.assign(hz_.size(), 0.0);
    for (const EqBand& band : eq.bands) {
        if (is_neutral(band)) continue;
        std::vector<double>& own = own_db_.emplace_back();
        for (std::size_t i = 0; i < hz_.size(); ++i) {
            own.push_back(decibels(eq_band_magnitude(band, hz_[i])));
            db_[i] += own[i];
        }
    }
}

void EqCurves::draw(const PlotArea& gains) const {
    if (!eq_) return;
    for (const std::vector<double>& own : own_db_) gains.curve(own_hz_, own, with_alpha(look().text, 0.25f), 1);
    gains.curve(hz_, db_, with_alpha(look().text, is_realised_ ? 1 : 0.6f), 2);
    name_place("eq/response", gains.low(), gains.low(), is_realised_ ? "realised" : "asked");
}

void EqCurves::draw_pre_ring(const PlotArea& gains) const {
    if (!eq_ || !ringing_) return;
    const bool rings = std::isfinite(ringing_->loudest_db);
    const std::string phase(eq_phases[static_cast<std::size_t>(eq_->settings.phase)]);
    const std::string text =
        rings ? fmt::format(
                    "{} phase: rings {:.1f}\u2009ms ahead to \u221260\u2009dB, {:.1f}\u2009ms to \u221290\u2009dB",
                    phase, ringing_->to_60_ms, ringing_->to_90_ms)
              : phase + " phase: nothing rings ahead";
    ImGui::PushFont(font(Type::small));
    const ImVec2 at{gains.low().x + px(6), gains.high().y - px(17)}, size = ImGui::CalcTextSize(text.c_str());
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - px(4), at.y - px(2)},
                                              {at.x + size.x + px(4), at.y + size.y + px(2)},
                                              with_alpha(look().panel, 0.8f), px(2));
    draw_text(at, look().faint_text, text);
    ImGui::PopFont();
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy(size);
    name_item("eq/pre-ring",
              rings ? fmt::format("{:.2f} ms {:.2f} ms", ringing_->to_60_ms, ringing_->to_90_ms) : "none");
    explain(
        fmt::format("before a transient the equaliser is heard already: its energy lies {:.1f} ms ahead to −60 dB, "
                    "{:.1f} ms to −90 dB\nthe loudest of it more than 1 ms ahead: {} of the transient; {} taps\n"
                    "minimum phase rings only afterwards, mixed as little ahead as it is told",
                    ringing_->to_60_ms, ringing_->to_90_ms, quantity_text(ringing_->loudest_db, "dB"), ringing_->taps));
}

std::optional<double> EqCurves::gain_at(double hz) const {
    if (!eq_ || hz_.size() < 2 || hz < hz_.front() || hz > hz_.back()) return {};
    const auto i = static_cast<std::size_t>(std::upper_bound(hz_.begin() + 1, hz_.end() - 1, hz) - hz_.begin());
    return std::lerp(db_[i - 1], db_[i], (hz - hz_[i - 1]) / (hz_[i] - hz_[i - 1]));
}

}  // namespace lathe
