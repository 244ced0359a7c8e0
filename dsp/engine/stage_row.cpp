// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/stage_row.h"

#include <utility>

namespace lathe {

template <class Sample>
StageRow<Sample>::StageRow(std::vector<std::unique_ptr<StreamStage<Sample>>> stages, int channels)
    : stages_(std::move(stages)), channels_(channels) {
    for (std::size_t i = 0; i + 1 < stages_.size(); ++i) between_.emplace_back(stages_[i]->channels_out());
}

template <class Sample>
void StageRow<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    if (stages_.empty()) return out.append(in);
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        AudioQueue<Sample>& to = i + 1 < stages_.size() ? between_[i] : out;
        if (i == 0) {
            stages_[i]->push(in, to);
        } else {
            stages_[i]->push(std::as_const(between_[i - 1]).view(), to);
            between_[i - 1].drop(between_[i - 1].frames());
        }
    }
}

template <class Sample>
void StageRow<Sample>::finish(AudioQueue<Sample>& out) {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
        AudioQueue<Sample>& to = i + 1 < stages_.size() ? between_[i] : out;
        if (i > 0) {
            stages_[i]->push(std::as_const(between_[i - 1]).view(), to);
            between_[i - 1].drop(between_[i - 1].frames());
        }
        stages_[i]->finish(to);
    }
}

template class StageRow<float>;
template class StageRow<double>;

}  // namespace lathe
