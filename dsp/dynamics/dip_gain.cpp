// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/dip_gain.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/simd/gain_curve.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {
namespace {

constexpr double tolerated_db = 0.002;             // less is not worth a dip
constexpr double aims_db[] = {0, -0.002, -0.004};  // of each pass, against the ceiling
constexpr double slope_ms = 0.25, flat_ms = 0.05;  // of a dip: either side's bell reaches over slope_ms each way

Frames frames_in(double ms, double rate) { return std::max<Frames>(1, std::lround(ms * rate / 1000)); }

const double db_per_octave = 20 * std::log10(2.0);

}  // namespace

template <class Sample>
DipGain<Sample>::DipGain(double ceiling_db, double aim_db, double rate)
    : slope_(frames_in(slope_ms, rate)),
      held_(slope_ + frames_in(flat_ms, rate)),
      threshold_(static_cast<Sample>(gain_from_db(ceiling_db + tolerated_db))),
      aim_(gain_from_db(ceiling_db + aim_db)),
      hold_(2 * held_ + 1, this->block),
      smooth_(2 * slope_ + 1, this->block),
      reductions_(static_cast<std::size_t>(this->block)) {}

template <class Sample>
bool DipGain<Sample>::run(AudioView<Sample> peaks, Span counted, AudioView<Sample> gains) {
    const auto n = static_cast<std::size_t>(this->block);
    Sample* const peak = peaks.channel(0);
    const bool passed = run_kernel<Largest>(static_cast<const Sample*>(peak), n) > threshold_;
    if (passed)
        quiet_ = 0;
    else if (quiet_ > 2 * lookahead())
        return false;  // all that still counts is 0
    quiet_ += passed ? 0 : this->block;

    for (Frames i = 0; i < this->block; ++i) peak[i] = peak[i] > threshold_ ? peak[i] : static_cast<Sample>(aim_ / 2);
    const CurveCoefficients to_octaves{1 / aim_, 1, 0, 1, 120, 0};
    run_kernel<GainChange>(to_octaves, static_cast<const Sample*>(peak), hold_.input(), n);
    hold_.run(peak);
    smooth_.run(peak, reductions_.data());
    const Sample* const counted_from = reductions_.data() + counted.from;
    if (counted.to > counted.from)
        deepest_ = std::max<double>(
            deepest_, run_kernel<Largest>(counted_from, static_cast<std::size_t>(counted.to - counted.from)));
    const FactorCoefficients to_gain{-1, 0, 1, 1};
    run_kernel<GainFactor>(to_gain, static_cast<const Sample*>(reductions_.data()), gains.channel(0), n);
    return true;
}

template <class Sample>
CeilingRepair<Sample>::CeilingRepair(double ceiling_db, double rate) {
    for (const double aim_db : aims_db) gains_.emplace_back(ceiling_db, aim_db, rate);
}

template <class Sample>
void CeilingRepair<Sample>::add_to(PeakGainRow<Sample>& row, typename PeakGainRow<Sample>::Search search) {
    for (DipGain<Sample>& gain : gains_) {
        row.add(gain, search);
        search = PeakGainRow<Sample>::Search::changes;
    }
}

template <class Sample>
std::vector<PeakGain<Sample>*> CeilingRepair<Sample>::in_order() {
    std::vector<PeakGain<Sample>*> gains;
    for (DipGain<Sample>& gain : gains_) gains.push_back(&gain);
    return gains;
}

template <class Sample>
double CeilingRepair<Sample>::max_reduction_db() const {
    double octaves = 0;
    for (const DipGain<Sample>& gain : gains_) octaves += gain.deepest_octaves();
    return octaves * db_per_octave;
}

template class DipGain<float>;
template class DipGain<double>;
template class CeilingRepair<float>;
template class CeilingRepair<double>;

}  // namespace lathe
