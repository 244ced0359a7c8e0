// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/stereo_bands.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "dsp/fft/fft.h"

namespace lathe {
namespace {

Frames window_of(double rate) {
    return static_cast<Frames>(power_of_two_at_least(static_cast<std::size_t>(rate / 12)));
}

/// Powers of the four parts, added up over a band.
struct Powers {
    double left = 0, right = 0, mid = 0, side = 0;

    StereoFigures figures() const {
        constexpr double least = 1e-20, least_share = 1e-6;  // rounding leaves some in what is silent
        StereoFigures found;
        const double all = mid + side;
        if (all <= least) return found;
        found.width = static_cast<float>(side / all);
        if (std::min(left, right) > all * least_share)
            found.correlation = static_cast<float>(std::clamp((mid - side) / std::sqrt(left * right), -1.0, 1.0));
        return found;
    }
};

}  // namespace

StereoBands stereo_bands(const StereoSpectrum& spectrum, std::size_t bins, double bin_hz) {
    std::array<std::vector<float>, 4> parts;
    constexpr std::array order{Channel::left, Channel::right, Channel::mid, Channel::side};
    for (std::size_t p = 0; p < parts.size(); ++p) {
        parts[p].resize(bins);
        spectrum.power(order[p], parts[p]);
    }
    const auto within = [&](double low_hz, double high_hz) {
        Powers sum;
        for (std::size_t k = 0; k < bins; ++k) {
            const double hz = static_cast<double>(k) * bin_hz;
            if (hz < low_hz || hz >= high_hz) continue;
            sum.left += static_cast<double>(parts[0][k]);
            sum.right += static_cast<double>(parts[1][k]);
            sum.mid += static_cast<double>(parts[2][k]);
            sum.side += static_cast<double>(parts[3][k]);
        }
        return sum.figures();
    };
    StereoBands found{within(0, INFINITY), {}};
    for (std::size_t b = 0; b < found.bands.size(); ++b)
        found.bands[b] = within(correlation_bands[b].low_hz, correlation_bands[b].high_hz);
    return found;
}

StereoBandsMeter::StereoBandsMeter(double rate)
    : rate_(rate), size_(window_of(rate)), transform_(static_cast<std::size_t>(size_)), sum_(transform_.bins()) {}

void StereoBandsMeter::push(AudioView<const float> audio) {
    queue_.append({audio.data, audio.stride, 2, audio.frames});
    std::vector<float> power(transform_.bins());
    Frames from = 0;
    for (; from + size_ <= queue_.frames(); from += size_ / 2) {
        transform_.sum_of_channels(std::as_const(queue_).view().slice(from, size_), scratch_, power);
        sum_.add(scratch_);
    }
    queue_.drop(from);
}

StereoBands StereoBandsMeter::finish() {
    AudioBuffer<float> silence(2, size_);
    push(silence.view());
    return stereo_bands(sum_, transform_.bins(), rate_ / static_cast<double>(size_));
}

}  // namespace lathe
