// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/oversampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/core/error.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/oversample.h"

namespace lathe {
namespace {

constexpr double passband = 0.4535;     // of the lowest rate: 20 kHz at 44.1 kHz
constexpr double attenuation_db = 128;  // of each step; of all together 110 are promised
constexpr Frames lanes = 64;            // samples that SymmetricSum computes together

double bessel_i0(double x) {
    double sum = 1, term = 1;
    for (int k = 1; term > 1e-17 * sum; ++k) sum += term *= (x / 2 / k) * (x / 2 / k);
    return sum;
}

/// Half of the odd taps of an interpolator by two, a Kaiser-windowed sinc (Oppenheim & Schafer 7.5.3) with a transition
/// band of `width` times the raised rate; they sum to one half.
std::vector<double> half_band(double width) {
    const double beta = 0.1102 * (attenuation_db - 8.7);
    const double order = (attenuation_db - 7.95) / (2.285 * 2 * std::numbers::pi * width);
    const auto count = static_cast<std::size_t>(std::ceil((order + 2) / 4));
    std::vector<double> taps(count);
    double sum = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const double place = 2 * static_cast<double>(k) + 1, ratio = place / (2 * static_cast<double>(count));
        const double sinc = (k % 2 == 0 ? 2 : -2) / (std::numbers::pi * place);
        sum += taps[k] = sinc * bessel_i0(beta * std::sqrt(1 - ratio * ratio)) / bessel_i0(beta);
    }
    for (double& tap : taps) tap *= 0.5 / sum;
    return taps;
}

constexpr Frames whole(Frames count) { return (count + lanes - 1) / lanes * lanes; }

/// Lanes beyond count are computed too: the buffers have room for them.
template <class Sample>
void symmetric_sum(const std::vector<Sample>& taps, const Sample* before, const Sample* after, Frames count,
                   Sample* out) {
    run_kernel<SymmetricSum>(taps.data(), taps.size(), before, after, out, static_cast<std::size_t>(whole(count)));
}

template <class Sample>
Sample peak_of(const AlignedVector<Sample>& samples, Frames count) {
    return run_kernel<LargestSize>(samples.data(), static_cast<std::size_t>(count));
}

}  // namespace

template <class Sample>
Oversampler<Sample>::Oversampler(int factor) {
    if (factor < 1 || factor > 32 || (factor & (factor - 1)) != 0)
        throw BadSetting(fmt::format("oversample cannot be {}; use 1, 2, 4, 8, 16 or 32", factor));
    for (int rate = 1; rate < factor; rate *= 2) {
        // The first step's transition band lies around half the lowest rate; the later ones keep what it left there.
        const double kept = rate == 1 ? passband : 1 - passband;
        const std::vector<double> taps = half_band((rate - 2 * kept) / (2 * rate));
        steps_.push_back({{taps.begin(), taps.end()}, 1});
    }
    double gain = 1 + 1e-5;  // and rounding
    for (std::size_t s = steps_.size(); s-- > 0;) {
        double sum = 0;
        for (const Sample tap : steps_[s].taps) sum += 2 * std::abs(static_cast<double>(tap));
        steps_[s].rest_gain = gain *= std::max(sum, 1.0);
    }
    margins_.resize(steps_.size() + 1);
    for (std::size_t s = 0; s < steps_.size(); ++s)
        margins_[s + 1].down = 2 * (margins_[s].down + static_cast<Frames>(steps_[s].taps.size()));
    margins_.back().up = margins_.back().down;
    for (std::size_t s = steps_.size(); s-- > 0;)
        margins_[s].up = (margins_[s + 1].up / 2 + static_cast<Frames>(steps_[s].taps.size()) + 1) / 2 * 2;
}

template <class Sample>
Oversampler<Sample>::Block::Block(const Oversampler& oversampler, Frames frames) : frames_(frames) {
    for (std::size_t s = 0; s < oversampler.margins_.size(); ++s)
        levels_.emplace_back(static_cast<std::size_t>((frames << s) + 2 * oversampler.margins_[s].up + 2 * lanes));
    odd_.resize(levels_.back().size());
}

template <class Sample>
bool Oversampler<Sample>::up(const Sample* in, Block& block, Sample quiet) const {
    std::copy_n(in, block.frames_ + 2 * margin(), block.levels_[0].begin());
    for (std::size_t s = 0; s < steps_.size(); ++s) {
        const auto& taps = steps_[s].taps;
        const Frames size = (block.frames_ << s) + 2 * margins_[s].up;
        const Sample* from = block.levels_[s].data();
        if (static_cast<double>(peak_of(block.levels_[s], size)) * steps_[s].rest_gain <= static_cast<double>(quiet))
            return false;

        const Frames above = margins_[s + 1].up / 2, count = (block.frames_ << s) + 2 * above;
        const Sample* even = from + margins_[s].up - above;
        symmetric_sum(taps, even, even + 1, count, block.odd_.data());
        const Sample* odd = block.odd_.data();
        run_kernel<Interleave>(even, odd, block.levels_[s + 1].data(), static_cast<std::size_t>(count));
    }
    return peak_of(block.raised(), (block.frames_ << steps_.size()) + 2 * margins_.back().up) > quiet;
}

template <class Sample>
void Oversampler<Sample>::down(Block& block, Sample* out) const {
    for (std::size_t s = steps_.size(); s-- > 0;) {
        const auto& taps = steps_[s].taps;
        const Frames reach = static_cast<Frames>(taps.size()), count = (block.frames_ << s) + 2 * margins_[s].down;
        const Sample* from = block.levels_[s + 1].data();
        run_kernel<TakeOdd>(from, block.odd_.data(), static_cast<std::size_t>(count + 2 * reach));
        Sample* to = block.levels_[s].data();
        const Sample* odd = block.odd_.data() + reach;
        symmetric_sum(taps, odd - 1, odd, count, to);
        run_kernel<AverageWithEven>(from + 2 * reach, to, static_cast<std::size_t>(count));
    }
    std::copy_n(block.levels_[0].begin(), block.frames_, out);
}

template class Oversampler<float>;
template class Oversampler<double>;

}  // namespace lathe
