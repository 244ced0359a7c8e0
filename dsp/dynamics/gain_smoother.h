// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "dsp/dynamics/block_memory.h"
#include "dsp/dynamics/dynamics_settings.h"

namespace lathe {

/// The time constants of a band, on the change of gain x in dB, decoupled (Giannoulis, Massberg, Reiss, JAES 60(6),
/// 2012): y1 = max(x, r · y1 + (1 − r) · x), y = a · y + (1 − a) · y1, each pole exp(−1 / (τ · rate)). The rms detector
/// has its release in its average, and only the attack is left; an attack of 0 ms is none. Starts from rest.
template <class Sample>
class GainSmoother {
public:
    GainSmoother(const BandSettings& settings, double rate, Frames block);
    template <class Other>
    explicit GainSmoother(const GainSmoother<Other>& other)
        : block_(other.block_),
          release_pole_(other.release_pole_),
          attack_pole_(other.attack_pole_),
          raw_(other.raw_),
          risen_(other.risen_),
          smooth_(other.smooth_.size()),
          release_carry_(other.release_carry_),
          attack_carry_(other.attack_carry_) {}

    /// Where the next block of changes is to be written: 0 or above, not subnormal.
    Sample* target() { return released() ? raw_.block() : risen_.block(); }
    /// The block smoothed; good until the next.
    const Sample* run();

private:
    template <class Other>
    friend class GainSmoother;
    bool released() const { return release_pole_ > 0; }

    Frames block_;
    double release_pole_, attack_pole_;  // 0: that stage is not there
    BlockMemory<Sample> raw_, risen_;    // before the release stage; between the two
    AlignedVector<Sample> smooth_;
    std::array<double, 16> release_carry_{}, attack_carry_{};
};

}  // namespace lathe
