// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/gain_smoother.h"

#include "dsp/dynamics/one_pole.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/scans.h"

namespace lathe {

template <class Sample>
GainSmoother<Sample>::GainSmoother(const BandSettings& settings, double rate, Frames block)
    : block_(block),
      release_pole_(settings.detector == LevelDetector::peak ? pole_of(settings.release_ms, rate) : 0),
      attack_pole_(pole_of(settings.attack_ms, rate)),
      raw_(block, scan_history),
      risen_(block, scan_history),
      smooth_(static_cast<std::size_t>(block)) {}

template <class Sample>
const Sample* GainSmoother<Sample>::run() {
    const auto n = static_cast<std::size_t>(block_);
    if (released()) {
        run_kernel<ReleaseScan>(release_pole_, static_cast<const Sample*>(raw_.block()), risen_.block(), n,
                                release_carry_.data());
        raw_.advance();
    }
    if (attack_pole_ == 0) return risen_.block();
    run_kernel<OnePoleScan>(attack_pole_, static_cast<const Sample*>(risen_.block()), smooth_.data(), n,
                            attack_carry_.data());
    risen_.advance();
    return smooth_.data();
}

template class GainSmoother<float>;
template class GainSmoother<double>;

}  // namespace lathe
