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

std::int64_t Witness::samples() const {
    std::int64_t count = 0;
    for (const StageWitness& stage : stages_)
        for (const Residual& part : stage.parts()) count += part.count();
    return count;
}

double Witness::raised(const StageWitness& stage) const {
    const double last = stages_.back().power();
    return stage.power() > 0 && last > 0 ? last / stage.power() : 1;
}

double Witness::rms() const {
    double sum = 0;
    for (const StageWitness& stage : stages_)
        for (const Residual& part : stage.parts()) sum += raised(stage) * part.mean_square();
    return std::sqrt(sum);
}

double Witness::peak() const {
    double sum = 0;
    for (const StageWitness& stage : stages_)
        for (const Residual& part : stage.parts()) sum += std::sqrt(raised(stage)) * part.peak();
    return sum;
}

}  // namespace lathe
