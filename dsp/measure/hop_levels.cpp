// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/hop_levels.h"

#include <cmath>
#include <limits>

#include "dsp/measure/widen.h"

namespace lathe {
namespace {
constexpr std::size_t frames_column = 0, product_column = 1, first_energy = 2, first_sum = 1;
}

float correlation_of(double left, double right, double product) {
    if (!(left > 0 && right > 0)) return std::numeric_limits<float>::quiet_NaN();
    return static_cast<float>(product / (std::sqrt(left) * std::sqrt(right)));
}

template <class Sample>
HopLevels<Sample>::HopLevels(int channels, double rate)
    : grid_(channels, block_frames),
      wide_(channels, block_frames),
      hops_(rate),
      energies_(first_energy + static_cast<std::size_t>(channels)),
      sums_(first_sum + static_cast<std::size_t>(channels)),
      peaks_(static_cast<std::size_t>(channels)),
      momentary_(momentary_hops, energies_.size()),
      short_term_(short_term_hops, sums_.size()),
      channels_(static_cast<std::size_t>(channels)) {}

template <class Sample>
void HopLevels<Sample>::push(AudioView<const Sample> in) {
    grid_.push(in, [this](AudioView<const Sample> block) { measure(block); });
}

template <class Sample>
void HopLevels<Sample>::finish() {
    if (grid_.rest().frames > 0) measure(grid_.rest());
    if (hops_.frames_into_hop() > 0) end_hop();
}

template <class Sample>
void HopLevels<Sample>::measure(AudioView<const Sample> in) {
    const AudioView<double> block = wide_.view().slice(0, in.frames);
    widen(in, block);
    hops_.advance(
        in.frames, [&](Frames at, Frames count) { add(block.slice(at, count)); }, [this] { end_hop(); });
}

template <class Sample>
void HopLevels<Sample>::add(AudioView<const double> part) {
    const auto count = static_cast<std::size_t>(part.frames);
    energies_[frames_column] += static_cast<double>(count);
    sums_[frames_column] += static_cast<double>(count);
    if (part.channels >= 2)
        energies_[product_column] += run_kernel<DotProduct>(part.channel(0), part.channel(1), count);
    for (int c = 0; c < part.channels; ++c) {
        const double* const x = part.channel(c);
        const auto k = static_cast<std::size_t>(c);
        const SumPeak found = run_kernel<MeasureSumPeak>(x, count);
        energies_[first_energy + k] += run_kernel<DotProduct>(x, x, count);
        sums_[first_sum + k] += found.sum;
        peaks_[k] = std::max(peaks_[k], found.peak);
    }
}

template <class Sample>
void HopLevels<Sample>::end_hop() {
    const std::span<const double> momentary = momentary_.push(energies_), short_term = short_term_.push(sums_);
    for (std::size_t c = 0; c < channels_.size(); ++c) {
        channels_[c].sample_peak.push_back(static_cast<float>(peaks_[c]));
        channels_[c].rms.push_back(
            static_cast<float>(std::sqrt(momentary[first_energy + c] / momentary[frames_column])));
        channels_[c].dc_offset.push_back(static_cast<float>(short_term[first_sum + c] / short_term[frames_column]));
    }
    if (channels_.size() >= 2) end_stereo(momentary);
    std::fill(energies_.begin(), energies_.end(), 0.0);
    std::fill(sums_.begin(), sums_.end(), 0.0);
    std::fill(peaks_.begin(), peaks_.end(), 0.0);
}

template <class Sample>
void HopLevels<Sample>::end_stereo(std::span<const double> sums) {
    const double left = sums[first_energy], right = sums[first_energy + 1], product = sums[product_column];
    stereo_.correlation.push_back(correlation_of(left, right, product));
    const double both = 2 * (left + right);  // Σ (L + R)² + Σ (L − R)²
    stereo_.width.push_back(both > 0 ? static_cast<float>(std::max(0.0, left + right - 2 * product) / both)
                                     : std::numeric_limits<float>::quiet_NaN());
}

template class HopLevels<float>;
template class HopLevels<double>;

}  // namespace lathe
