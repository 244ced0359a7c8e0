// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter_forecast.h"

#include <algorithm>

#include "dsp/dynamics/limiter_gain.h"
#include "dsp/measure/peak_envelope.h"

namespace lathe {
namespace {

constexpr double steps_per_second = 10;

/// Means over stretches of 100 ms of what comes cell by cell, each with its weight; 1 where nothing weighs anything.
class StepMeans {
public:
    StepMeans(double cell_rate, std::size_t steps) : steps_per_cell_(steps_per_second / cell_rate), steps_(steps) {}
    void add(double value, double weight) {
        const auto step = static_cast<std::size_t>((static_cast<double>(cell_++) + 0.5) * steps_per_cell_);
        if (step < steps_.size()) steps_[step].sum += value * weight, steps_[step].weight += weight;
    }
    std::vector<double> means() const {
        std::vector<double> means;
        for (const Step& step : steps_) means.push_back(step.weight > 0 ? step.sum / step.weight : 1);
        return means;
    }

private:
    struct Step {
        double sum = 0;
        double weight = 0;
    };
    double steps_per_cell_;
    std::vector<Step> steps_;
    std::size_t cell_ = 0;
};

}  // namespace

LimiterForecast::LimiterForecast(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate)
    : settings_(settings),
      ceiling_dbtp_(ceiling_dbtp),
      mix_(mix),
      cell_rate_(rate / static_cast<double>(PeakEnvelope<float>::cell)) {}

std::vector<double> LimiterForecast::power(std::span<const float> peaks, double gain, std::size_t steps) const {
    LimiterGain<float> limiter(settings_, ceiling_dbtp_, mix_, cell_rate_, 1);
    constexpr Frames block = LimiterGain<float>::block;
    AudioBuffer<float> heard(1, block), gains(1, block);
    StepMeans means(cell_rate_, steps);
    Frames early = limiter.lookahead();  // gains that belong to nothing
    const auto cells = static_cast<Frames>(peaks.size()), end = cells + early;
    for (Frames at = 0; at < end; at += block) {
        const Frames there = std::clamp<Frames>(cells - at, 0, block);
        std::transform(peaks.begin() + std::min(at, cells), peaks.begin() + std::min(at, cells) + there,
                       heard.channel(0), [gain](float peak) { return static_cast<float>(gain * peak); });
        std::fill_n(heard.channel(0) + there, block - there, 0.0f);
        const bool moves = limiter.run(heard.view(), {0, block}, gains.view());
        for (Frames n = std::min(early, block); n < std::min(block, end - at); ++n) {
            const double g = moves ? gains.channel(0)[n] : 1;
            // The limiter takes most where the power is: a cell counts as loud as it is.
            const double peak = peaks[static_cast<std::size_t>(at + n - limiter.lookahead())];
            means.add(g * g, peak * peak);
        }
        early -= std::min(early, block);
    }
    return means.means();
}

}  // namespace lathe
