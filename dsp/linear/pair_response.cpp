// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/pair_response.h"

#include <algorithm>
#include <cassert>
#include <complex>

#include "dsp/linear/scratch_pool.h"

namespace lathe {
namespace {

/// What one worker needs: taps, real parts before imaginary ones, and their transform.
struct Scratch {
    AlignedVector<double> taps, spectrum, work, tile;
};

/// One partition of a set of filters as complex taps, and their spectrum.
class Partition {
public:
    Partition(Frames ahead, const BlockPlan& plan, const LaneFft<double>& fft, Scratch& scratch)
        : ahead_(ahead), plan_(plan), scale_(1 / static_cast<double>(plan.transform)), fft_(fft), scratch_(scratch) {
        scratch.spectrum.resize(fft.spectrum_samples());
        scratch.work.resize(fft.work_samples());
        scratch.tile.resize(fft.tile_samples());
    }

    void start(Frames partition) {
        partition_ = partition;
        scratch_.taps.assign(2 * fft_.size(), 0.0);
    }
    /// Adds a filter, if there is one, times a complex gain.
    void add(const WetFir* fir, std::complex<double> gain) {
        if (!fir) return;
        const Frames start = ahead_ - fir->ahead(), taps = fir->ahead() + 1 + fir->behind();
        assert(start >= 0 && start + taps <= plan_.partition_taps() + (plan_.partitions - 1) * plan_.hop);
        const Frames first = partition_ * plan_.hop - start;
        const Frames from = std::clamp(first, Frames(0), taps);
        const Frames to = std::clamp(first + plan_.partition_taps(), Frames(0), taps);
        if (from >= to) return;
        const auto add_part = [&](double* part, double part_gain) {
            if (part_gain != 0) fir->add_to(part + (from - first), from - fir->ahead(), to - from, scale_ * part_gain);
        };
        add_part(real(), gain.real());
        add_part(imaginary(), gain.imag());
    }
    /// Writes the spectrum, or half of it; false, and nothing is written, if every tap is exactly zero.
    template <class Sample>
    bool transform(const LaneFft<Sample>& fft, bool half, Sample* spectrum) {
        const auto is_zero = [this](const double* part) {
            return std::all_of(part, part + fft_.size(), [](double tap) { return tap == 0; });
        };
        const bool is_real = is_zero(imaginary());
        if (is_real && is_zero(real())) return false;
        fft_.forward(real(), is_real ? nullptr : imaginary(), scratch_.spectrum.data(), scratch_.work.data(),
                     scratch_.tile.data());
        fft.arrange(scratch_.spectrum.data(), half, spectrum);
        return true;
    }

private:
    double* real() { return scratch_.taps.data(); }
    double* imaginary() { return scratch_.taps.data() + fft_.size(); }

    Frames ahead_;
    BlockPlan plan_;
    double scale_;
    const LaneFft<double>& fft_;
    Scratch& scratch_;
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
    const LaneFft<double> wide_fft(fft.size());
    ScratchPool<Scratch> pool;
    workers.for_each(plan.partitions, [&](int p) {
        ScratchPool<Scratch>::Loan scratch(pool);
        Partition partition(ahead, plan, wide_fft, *scratch);
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
