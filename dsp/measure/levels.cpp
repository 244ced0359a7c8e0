// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/levels.h"

#include <algorithm>
#include <cmath>

#include "dsp/measure/widen.h"

namespace lathe {
namespace {
constexpr double silence = 1e-4;  // −80 dBFS
constexpr Frames shortest_run = 3;
}  // namespace

double full_scale(int bits) { return bits > 0 ? 1 - std::ldexp(1.0, 1 - bits) : 1; }

double Levels::sample_peak() const {
    double peak = 0;
    for (const ChannelLevels& channel : channels) peak = std::max(peak, channel.sample_peak);
    return peak;
}

Frames Levels::clipped() const {
    Frames sum = 0;
    for (const ChannelLevels& channel : channels) sum += channel.clipped;
    return sum;
}

template <class Sample>
LevelMeter<Sample>::LevelMeter(int channels, double full_scale)
    : full_scale_(static_cast<Sample>(full_scale)),
      grid_(channels, block_frames),
      wide_(channels, block_frames),
      sums_(static_cast<std::size_t>(channels)) {}

template <class Sample>
void LevelMeter<Sample>::push(AudioView<const Sample> in) {
    grid_.push(in, [this](AudioView<const Sample> block) { measure(block); });
}

template <class Sample>
void LevelMeter<Sample>::measure(AudioView<const Sample> in) {
    const AudioView<double> block = wide_.view().slice(0, in.frames);
    widen(in, block);
    const auto count = static_cast<std::size_t>(in.frames);
    double peak = 0;
    for (int c = 0; c < in.channels; ++c) {
        const double* x = block.channel(c);
        Sums& sums = sums_[static_cast<std::size_t>(c)];
        const SumPeak found = run_kernel<MeasureSumPeak>(x, count);
        sums.sum += found.sum;
        sums.energy += run_kernel<DotProduct>(x, x, count);
        sums.peak = std::max(sums.peak, found.peak);
        if (found.peak >= full_scale_ || sums.run > 0) count_clipped(x, in.frames, sums);
        peak = std::max(peak, found.peak);
    }
    if (in.channels >= 2) cross_ += run_kernel<DotProduct>(block.channel(0), block.channel(1), count);
    if (peak >= silence) find_sound(block);
    frames_ += in.frames;
}

template <class Sample>
void LevelMeter<Sample>::count_clipped(const double* x, Frames count, Sums& sums) const {
    for (Frames n = 0; n < count; ++n) {
        if (std::abs(x[n]) < full_scale_) {
            sums.run = 0;
            continue;
        }
        ++sums.run;
        if (sums.run == shortest_run)
            sums.clipped += shortest_run;
        else if (sums.run > shortest_run)
            ++sums.clipped;
    }
}

template <class Sample>
void LevelMeter<Sample>::find_sound(AudioView<const double> block) {
    const auto sounds = [&](Frames n) {
        for (int c = 0; c < block.channels; ++c)
            if (std::abs(block.channel(c)[n]) >= silence) return true;
        return false;
    };
    if (first_sound_ < 0) {
        Frames n = 0;
        while (!sounds(n)) ++n;
        first_sound_ = frames_ + n;
    }
    Frames n = block.frames - 1;
    while (!sounds(n)) --n;
    last_sound_ = frames_ + n;
}

template <class Sample>
Levels LevelMeter<Sample>::finish() {
    if (grid_.rest().frames > 0) measure(grid_.rest());
    Levels levels;
    levels.frames = frames_;
    const double count = static_cast<double>(std::max<Frames>(frames_, 1));
    for (const Sums& sums : sums_)
        levels.channels.push_back({sums.sum / count, sums.peak, std::sqrt(sums.energy / count), sums.clipped});
    if (sums_.size() >= 2 && sums_[0].energy > 0 && sums_[1].energy > 0)
        levels.correlation = cross_ / (std::sqrt(sums_[0].energy) * std::sqrt(sums_[1].energy));
    levels.leading_silence = first_sound_ < 0 ? frames_ : first_sound_;
    levels.trailing_silence = first_sound_ < 0 ? frames_ : frames_ - 1 - last_sound_;
    return levels;
}

template class LevelMeter<float>;
template class LevelMeter<double>;

}  // namespace lathe
