// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// The static curve of a band (Giannoulis, Massberg, Reiss, JAES 60(6), 2012, with its knee), as the change of gain.
struct CurveCoefficients {
    double scale;  ///< brings a level that lies on the threshold to 1
    double
        db_per_octave;  ///< of level: 6.02 for amplitudes, 3.01 for powers; negative where what lies below is changed
    double knee_db;     ///< at least 0
    double slope;       ///< dB of change per dB beyond the knee, 1 − 1 / ratio
    double range_db;    ///< the largest change
    double least_db;    ///< given for 0, so that no recursion behind it dwindles into subnormal numbers
};

/// out[i] = the change of gain in dB, never negative, for a level (linear, above 0): within 3e-7 of itself for float,
/// 1e-15 for double, before knee and slope (test: "gain curve kernel: logarithms and powers are libm's on every
/// instruction set"). n: a multiple of 16; out may be levels.
struct GainChange {
    template <class Arch, class Sample>
    void operator()(Arch, CurveCoefficients curve, const Sample* levels, Sample* out, std::size_t n);
};

/// From a change of gain in dB to what a sample is multiplied by.
struct FactorCoefficients {
    double octaves_per_db;  ///< log2(10) / 20, negative where the change turns down
    double makeup_octaves;
    double mix;     ///< the share of the changed sound
    double offset;  ///< added: 1 for the whole sound, 0 for the difference from the unchanged one
};

/// out[i] = offset + mix · (2^(octaves_per_db · change[i] + makeup_octaves) − 1), the power within 1.2e-6 of itself for
/// float up to ten octaves, 6e-15 for double; exactly offset where change is at most 1e-18 and makeup 0 (same test). n:
/// a multiple of 16; out may be change.
struct GainFactor {
    template <class Arch, class Sample>
    void operator()(Arch, FactorCoefficients factor, const Sample* change, Sample* out, std::size_t n);
};

}  // namespace lathe
