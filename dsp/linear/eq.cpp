// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/eq.h"

#include <fmt/format.h>

#include "dsp/core/error.h"
#include "dsp/linear/eq_curve.h"
#include "dsp/linear/mid_side.h"

namespace lathe {
namespace {

std::vector<EqBand> bands_on(const EqSettings& settings, std::initializer_list<Channel> parts) {
    std::vector<EqBand> bands;
    for (const Channel part : parts)
        for (const EqBand& band : settings.bands)
            if (band.channel == part && !is_neutral(band)) bands.push_back(band);
    return bands;
}

FirMatrix from_left_right(Fir left, Fir right) {
    FirMatrix matrix(2, 2);
    matrix.at(0, 0) = std::move(left);
    matrix.at(1, 1) = std::move(right);
    return matrix;
}

}  // namespace

FirMatrix design_eq(const EqSettings& settings, double rate, int channels, EqReport* report) {
    if (report) *report = {};
    const auto design = [&](std::initializer_list<Channel> parts) {
        return design_bands(bands_on(settings, parts), settings.phase, rate, settings.pre_ring_db, report);
    };
    const auto any_on = [&](std::initializer_list<Channel> parts) { return !bands_on(settings, parts).empty(); };
    using enum Channel;
    const bool mid_side = any_on({mid, side}), left_right = any_on({left, right});
    if ((mid_side || left_right) && channels != 2)
        throw BadSetting(fmt::format(
            "eq: a band on one part of a stereo pair needs two channels, not {}; set channel = \"stereo\"", channels));

    if (mid_side) {
        const FirMatrix inner = mid_side_matrix(design({stereo, mid}), design({stereo, side}));
        return left_right ? then(inner, from_left_right(design({left}), design({right}))) : inner;
    }
    if (left_right) return from_left_right(design({stereo, left}), design({stereo, right}));
    return any_on({stereo}) ? same_on_all(design({stereo}), channels) : identity_matrix(channels);
}

}  // namespace lathe
