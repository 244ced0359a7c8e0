// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/pair_response.h"

#include <algorithm>
#include <cassert>
#include <complex>

#include "dsp/fft/fft.h"
#include "dsp/linear/scratch_pool.h"

namespace lathe {
namespace {

using Taps = AlignedVector<std::complex<double>>;

/// One partition of a set of filters as complex taps, and their spectrum.
class Partition {
public:
    /// taps: memory to work in.
    Partition(Frames ahead, const BlockPlan& plan, Taps& taps)
        : ahead_(ahead),
          plan_(plan),
          scale_(1 / static_cast<double>(plan.transform)),
          fft_(static_cast<std::size_t>(plan.transform)),
          taps_(taps) {}

    void start(Frames partition) {
        partition_ = partition;
        taps_.assign(fft_.size(), 0.0);
    }
    /// Adds a filter, if there is one, times a complex gain.
    void add(const WetFir* fir, std::complex<double> gain) {
        if (!fir) return;
        const Frames start = ahead_ - fir->ahead(), taps = fir->ahead() + 1 + fir->behind();
        assert(start >= 0 && start + taps <= plan_.partition_taps() + (plan_.partitions - 1) * plan_.hop);
        const Frames first = partition_ * plan_.hop - start;
        const Frames from = std::clamp(first, Frames(0), taps);
        const Frames to = std::clamp(first + plan_.partition_taps(), Frames(0), taps);
        if (from < to) fir->add_to(taps_.data() + (from - first), from - fir->ahead(), to - from, scale_ * gain);
    }
    /// Writes the spectrum, or half of it; false, and nothing is written, if every tap is exactly zero.
    template <class Sample>
    bool transform(const LaneFft<Sample>& lane_fft, bool half, Sample* spectrum) {
        if (std::all_of(taps_.begin(), taps_.end(), [](std::complex<double> tap) { return tap == 0.0; })) return false;
        fft_.forward(taps_.data());
        if (half)
            lane_fft.arrange_half(taps_.data(), spectrum);
        else
            lane_fft.arrange(taps_.data(), spectrum);
        return true;
    }

private:
    Frames ahead_;
    BlockPlan plan_;
    double scale_;
    ComplexFft<double> fft_;
    Taps& taps_;
    Frames partition_ = 0;
};

}  // namespace

// With Z the transform of x + iy and Z' that of x − iy: x = (Z + Z') / 2 and y = (Z − Z') / 2i. Without y, Z is x's. If
// v is not wanted, it may be anything, and x − iy is not needed.
template <class Sample>
PairResponse<Sample>::PairResponse(const PairFirs& firs, bool y_sounds, bool v_wanted, Frames ahead,
                                   const BlockPlan& plan, const LaneFft<Sample>& fft, Workers& workers)
    : spectra_(static_cast<std::size_t>(plan.partitions) * (y_sounds && v_wanted ? 2 : 1),
               firs.mix() ? fft.spectrum_samples() : fft.half_samples()) {
    constexpr std::complex<double> i(0, 1);
    const bool crosses = y_sounds && v_wanted, halves = !firs.mix();
    const double share = crosses ? 0.5 : 1;
    std::vector<Part> parts(static_cast<std::size_t>(plan.partitions));
    ScratchPool<Taps> pool;
    workers.for_each(plan.partitions, [&](int p) {
        ScratchPool<Taps>::Loan taps(pool);
        Partition partition(ahead, plan, *taps);
        const std::size_t spectrum = static_cast<std::size_t>(p) * (crosses ? 2 : 1);
        Sample *const straight = spectra_[spectrum], *crossed = nullptr;
        partition.start(p);
        partition.add(firs.xu, share);
        partition.add(firs.xv, share * i);
        partition.add(firs.yu, -share * i);
        partition.add(firs.yv, share);
        const bool is_straight = partition.transform(fft, halves, straight);
        if (crosses) {
            crossed = spectra_[spectrum + 1];
            partition.start(p);
            partition.add(firs.xu, share);
            partition.add(firs.xv, share * i);
            partition.add(firs.yu, share * i);
            partition.add(firs.yv, -share);
            if (!partition.transform(fft, halves, crossed)) crossed = nullptr;
        }
        if (is_straight || crossed) parts[static_cast<std::size_t>(p)] = {p, {straight, crossed, halves}};
    });
    for (const Part& part : parts)
        if (part.response.straight) parts_.push_back(part);
}

template class PairResponse<float>;
template class PairResponse<double>;

}  // namespace lathe
