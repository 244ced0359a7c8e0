// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter.h"

#include <optional>

#include "dsp/dynamics/dip_gain.h"
#include "dsp/dynamics/limiter_gain.h"

namespace lathe {

template <class Sample>
struct LimiterStage<Sample>::Parts {
    LimiterGain<Sample> gain;
    std::optional<CeilingRepair<Sample>> ceiling;  // none where mix lets peaks by
    PeakGainRow<Sample> row;

    Parts(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate, int channels, Workers& workers)
        : gain(settings, ceiling_dbtp, mix, rate, channels), row(channels, workers) {
        using Search = typename PeakGainRow<Sample>::Search;
        row.add(gain, Search::everywhere);
        // What the gain leaves as it is lies below its threshold, and so below the ceiling.
        if (mix == 1) ceiling.emplace(ceiling_dbtp, rate).add_to(row, Search::changes);
    }
    template <class Other>
    explicit Parts(const Other& other) : gain(other.gain), ceiling(), row(other.row, with_ceiling(other.ceiling)) {}

private:
    template <class Other>
    std::vector<PeakGain<Sample>*> with_ceiling(const Other& repair) {
        std::vector<PeakGain<Sample>*> gains{&gain};
        if (repair)
            for (PeakGain<Sample>* dip : ceiling.emplace(*repair).in_order()) gains.push_back(dip);
        return gains;
    }
};

template <class Sample>
LimiterStage<Sample>::LimiterStage(const LimiterSettings& settings, double ceiling_dbtp, double mix, double rate,
                                   int channels, Workers& workers, StageWitness* witness)
    : channels_(channels),
      parts_(std::make_unique<Parts>(settings, ceiling_dbtp, mix, rate, channels, workers)),
      proof_(witness) {}

template <class Sample>
template <class Other>
LimiterStage<Sample>::LimiterStage(const LimiterStage<Other>& other)
    : channels_(other.channels_), parts_(std::make_unique<Parts>(*other.parts_)), proof_(nullptr) {}

template <class Sample>
LimiterStage<Sample>::~LimiterStage() = default;

template <class Sample>
void LimiterStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    push_proven(proof_, *this, in, out, [&] { parts_->row.push(in, out); });
}

template <class Sample>
void LimiterStage<Sample>::finish(AudioQueue<Sample>& out) {
    parts_->row.finish(out);
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
