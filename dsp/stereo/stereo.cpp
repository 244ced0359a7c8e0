// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/stereo/stereo.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/linear/eq_bands.h"
#include "dsp/linear/mid_side.h"

namespace lathe {
namespace {

bool is_neutral(const StereoSettings& s) {
    return s.width == 1 && s.mono_below_hz == 0 && s.balance == 0 && s.mid_db == 0 && s.side_db == 0;
}

Fir side_response(const StereoSettings& settings, double rate) {
    const double gain = settings.width * gain_from_db(settings.side_db);
    if (settings.mono_below_hz == 0) return unit_fir(gain);
    EqBand band;
    band.name = "mono_below_hz";
    band.type = EqBandType::high_pass;
    band.hz = settings.mono_below_hz;
    band.slope_db_oct = 24;
    return scaled(design_bands(std::span(&band, 1), EqPhase::linear, rate), gain);
}

}  // namespace

FirMatrix design_stereo(const StereoSettings& settings, double rate, int channels) {
    if (is_neutral(settings)) return identity_matrix(channels);
    if (channels != 2)
        throw BadSetting(fmt::format(
            "stereo: needs two channels, not {}; bypass it or leave its settings at their defaults", channels));
    const Fir mid = unit_fir(gain_from_db(settings.mid_db)), side = side_response(settings, rate);
    FirMatrix matrix = mid_side_matrix(mid, side);
    const double left = std::min(1.0, 1 - settings.balance), right = std::min(1.0, 1 + settings.balance);
    for (int input = 0; input < 2; ++input) {
        matrix.at(0, input) = scaled(std::move(matrix.at(0, input)), left);
        matrix.at(1, input) = scaled(std::move(matrix.at(1, input)), right);
    }
    return matrix;
}

}  // namespace lathe
