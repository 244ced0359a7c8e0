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

Residual& Witness::part(std::string name) { return found_.emplace_back(Found{std::move(name), {}, 1}).residual; }

void Witness::amplify(double gain) {
    for (Found& part : found_) part.gain *= gain;
}

void Witness::include(const Witness& before) {
    found_.insert(found_.end(), before.found_.begin(), before.found_.end());
}

std::int64_t Witness::samples() const {
    std::int64_t count = 0;
    for (const Found& part : found_) count += part.residual.count();
    return count;
}

double Witness::rms() const {
    double sum = 0;
    for (const Found& part : found_) sum += part.gain * part.gain * part.residual.mean_square();
    return std::sqrt(sum);
}

double Witness::peak() const {
    double sum = 0;
    for (const Found& part : found_) sum += part.gain * part.residual.peak();
    return sum;
}

TwinProof::TwinProof(Witness* witness, const std::string& name)
    : witness_(witness), residual_(witness ? &witness->part(name) : nullptr) {}

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
