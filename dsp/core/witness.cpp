// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/witness.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lathe {
namespace {
constexpr double least_places = 8;
}

Witness::Witness(Frames frames, double rate) {
    const double wanted = std::max(least_places, std::ceil(static_cast<double>(frames) / (60 * rate)));
    const auto count = static_cast<Frames>(wanted);
    for (Frames k = 0; k < count; ++k) places_.push_back((2 * k + 1) * frames / (2 * count));
    places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
}

void Witness::add_stage(Stage stage) {
    stages_.push_back(std::move(stage));
    current_ = stages_.size() - 1;
}

Residual& Witness::part() {
    if (stages_.empty()) add_stage({""});
    return stages_[current_].parts.emplace_back();
}

template <class Sample>
void Witness::hear(AudioView<const Sample> out) {
    for (int c = 0; c < out.channels; ++c)
        for (Frames n = 0; n < std::min(out.frames, window); ++n)
            stages_[current_].power += static_cast<double>(out.channel(c)[n]) * out.channel(c)[n];
}
template void Witness::hear(AudioView<const float>);
template void Witness::hear(AudioView<const double>);

std::int64_t Witness::samples() const {
    std::int64_t count = 0;
    for (const Stage& stage : stages_)
        for (const Residual& part : stage.parts) count += part.count();
    return count;
}

double Witness::raised(const Stage& stage) const {
    const double last = stages_.back().power;
    return stage.power > 0 && last > 0 ? last / stage.power : 1;
}

double Witness::rms() const {
    double sum = 0;
    for (const Stage& stage : stages_)
        for (const Residual& part : stage.parts) sum += raised(stage) * part.mean_square();
    return std::sqrt(sum);
}

double Witness::peak() const {
    double sum = 0;
    for (const Stage& stage : stages_)
        for (const Residual& part : stage.parts) sum += std::sqrt(raised(stage)) * part.peak();
    return sum;
}

TwinProof::TwinProof(Witness* witness) : witness_(witness), residual_(witness ? &witness->part() : nullptr) {}

bool TwinProof::due(Frames frames) {
    if (!witness_) return false;
    heard_ += frames;
    bool reached = false;
    for (; next_ < witness_->places().size() && witness_->places()[next_] < heard_; ++next_) reached = true;
    return reached;
}

void TwinProof::compare(const AudioQueue<double>& exact, const AudioQueue<float>& made, Frames from) {
    const Frames frames = std::min(exact.frames(), made.frames() - from);
    for (int c = 0; c < exact.channels(); ++c) {
        const double* const right = exact.view().channel(c);
        const float* const given = made.view().channel(c) + from;
        for (Frames n = 0; n < frames; ++n) residual_->add(static_cast<double>(given[n]) - right[n]);
    }
}

}  // namespace lathe
