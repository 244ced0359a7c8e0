// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/linear/fir.h"

namespace lathe {

/// What is convolved of a response: its taps from the first to the last that is not zero, after something has been
/// taken out of the tap at time zero. A view, for responses are long: the response outlives it.
class WetFir {
public:
    WetFir() = default;  ///< nothing
    explicit WetFir(const Fir& fir, double taken_out = 0);

    bool empty() const { return first_ == last_; }
    Frames ahead() const { return fir_->origin - first_; }       ///< not empty
    Frames behind() const { return last_ - 1 - fir_->origin; }   ///< not empty
    double at(Frames n) const { return tap(fir_->origin + n); }  ///< time n: −ahead() … behind()
    bool operator==(const WetFir& other) const;                  ///< the same taps at the same times
    /// sums[i] += gain · at(from + i), i = 0 … count − 1.
    void add_to(double* sums, Frames from, Frames count, double gain) const;

private:
    double tap(Frames index) const {
        const double whole = fir_->taps[static_cast<std::size_t>(index)];
        return index == fir_->origin ? whole - taken_out_ : whole;
    }

    const Fir* fir_ = nullptr;
    double taken_out_ = 0;
    Frames first_ = 0, last_ = 0;  // of the taps
};

/// A response as a gain, applied exactly, and the rest, which is convolved: fir = gain · δ + rest.
struct WetDry {
    double gain = 0;
    WetFir rest;
};

/// A lone tap at time zero is all gain. Otherwise a power of two close to the tap at time zero is taken out, where that
/// at least halves the power of what is left: the rounding of the transforms then scales with the correction, not with
/// the programme.
WetDry separate(const Fir& fir);

}  // namespace lathe
