// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter.h"

#include <algorithm>

#include "dsp/dynamics/ceiling.h"
#include "dsp/dynamics/limiter_gain.h"

namespace lathe {

template <class Sample>
struct LimiterStage<Sample>::Parts {
    LimiterGain<Sample> gain;
    PeakGainRunner<Sample> runner;
    AudioQueue<Sample> limited;
    std::unique_ptr<CeilingStage<Sample>> ceiling;  // none where mix lets peaks by

    Parts(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate, int channels, Workers& workers)
        : gain(settings, ceiling_dbtp, mix, rate, channels), runner(gain, channels, workers), limited(channels) {
        if (mix == 1) ceiling = std::make_unique<CeilingStage<Sample>>(ceiling_dbtp, rate, channels, workers);
    }
};

template <class Sample>
LimiterStage<Sample>::LimiterStage(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate,
                                   int channels, Workers& workers)
    : channels_(channels), parts_(std::make_unique<Parts>(settings, ceiling_dbtp, mix, rate, channels, workers)) {}

template <class Sample>
LimiterStage<Sample>::~LimiterStage() = default;

// In slices that stay in the cache from the first part to the last.
template <class Sample>
void LimiterStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    constexpr Frames slice = 16384;
    Parts& parts = *parts_;
    for (Frames n = 0; n < in.frames; n += slice) {
        parts.runner.push(in.slice(n, std::min(slice, in.frames - n)), nullptr, parts.ceiling ? parts.limited : out,
                          nullptr);
        if (!parts.ceiling) continue;
        parts.ceiling->push(parts.limited.view(), out);
        parts.limited.drop(parts.limited.frames());
    }
}

template <class Sample>
void LimiterStage<Sample>::finish(AudioQueue<Sample>& out) {
    Parts& parts = *parts_;
    parts.runner.finish(nullptr, parts.ceiling ? parts.limited : out, nullptr);
    if (!parts.ceiling) return;
    parts.ceiling->push(parts.limited.view(), out);
    parts.ceiling->finish(out);
}

template <class Sample>
LimiterReport LimiterStage<Sample>::report() const {
    const ReductionRecorder<Sample>& recorder = parts_->gain.recorder();
    return {recorder.largest_db(), recorder.mean_db(), recorder.active_share(),
            parts_->ceiling ? parts_->ceiling->max_reduction_db() : 0, recorder.curve()};
}

template class LimiterStage<float>;
template class LimiterStage<double>;

}  // namespace lathe
