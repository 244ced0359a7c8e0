// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/gain_curve.h"
#include "dsp/simd/log_exp_body.h"

namespace lathe {

// With d dB beyond the threshold and half a knee h: slope · (t² / (4 h) + max(d − h, 0)), t = d + h held within 0 … 2
// h.
template <class Arch, class Sample>
void GainChange::operator()(Arch, CurveCoefficients curve, const Sample* levels, Sample* out, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    const auto all = [](double value) { return Batch(static_cast<Sample>(value)); };
    const Batch scale = all(curve.scale), unit = all(curve.db_per_octave), half_knee = all(curve.knee_db / 2),
                knee = all(curve.knee_db), bend = all(curve.knee_db > 0 ? 1 / (2 * curve.knee_db) : 0),
                slope = all(curve.slope), range = all(curve.range_db), least = all(curve.least_db), zero = all(0);
    for (std::size_t i = 0; i < n; i += Batch::size) {
        const Batch beyond = unit * detail::fast_log2<Arch>(Batch::load_unaligned(levels + i) * scale);
        const Batch in_knee = xsimd::min(xsimd::max(beyond + half_knee, zero), knee);
        const Batch change =
            slope * detail::multiply_add(in_knee * in_knee, bend, xsimd::max(beyond - half_knee, zero));
        xsimd::max(xsimd::min(change, range), least).store_unaligned(out + i);
    }
}

template <class Arch, class Sample>
void GainFactor::operator()(Arch, FactorCoefficients factor, const Sample* change, Sample* out, std::size_t n) {
    using Batch = xsimd::batch<Sample, Arch>;
    const auto all = [](double value) { return Batch(static_cast<Sample>(value)); };
    const Batch octaves = all(factor.octaves_per_db), makeup = all(factor.makeup_octaves), mix = all(factor.mix),
                rest = all(factor.offset) - mix;  // rest + mix is offset exactly, also where it was rounded
    for (std::size_t i = 0; i < n; i += Batch::size) {
        const Batch gain =
            detail::fast_exp2<Arch>(detail::multiply_add(Batch::load_unaligned(change + i), octaves, makeup));
        detail::multiply_add(mix, gain, rest).store_unaligned(out + i);
    }
}

}  // namespace lathe
