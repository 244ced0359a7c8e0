// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/filter_witness.h"

#include <algorithm>
#include <utility>

#include "dsp/simd/isa.h"
#include "dsp/simd/meter.h"

namespace lathe {
namespace {

constexpr Frames products_per_place = 1 << 20;
constexpr Frames fewest_points = 2, most_points = 32;

}  // namespace

template <class Sample>
FilterWitness<Sample>::FilterWitness(std::vector<Weighed> matrices, StageWitness& witness)
    : matrices_(std::move(matrices)),
      witness_(witness),
      residual_(witness.part()),
      heard_(matrices_.at(0).matrix->inputs()) {
    Frames products = 0;
    for (const auto& [matrix, weight] : matrices_) {
        behind_ = std::max(behind_, matrix->behind());
        for (int o = 0; o < matrix->outputs(); ++o)
            for (int i = 0; i < matrix->inputs(); ++i) products += static_cast<Frames>(matrix->at(o, i).taps.size());
    }
    points_ = std::clamp(products_per_place / std::max<Frames>(1, products), fewest_points, most_points);
}

template <class Sample>
Frames FilterWitness<Sample>::needed_from() const {
    return std::max<Frames>(0, place() - behind_);
}

template <class Sample>
void FilterWitness<Sample>::hear(AudioView<const Sample> in) {
    if (is_over()) return;
    if (heard_.empty() && heard_from_ + in.frames <= needed_from()) {
        heard_from_ += in.frames;
        return;
    }
    if (heard_.empty()) heard_.reserve(behind_ + 2 * in.frames);
    heard_.append(in);
    const Frames past = std::min(heard_.frames(), needed_from() - heard_from_);
    if (past <= 0) return;
    heard_.drop(past);
    heard_from_ += past;
}

template <class Sample>
void FilterWitness<Sample>::check(Frames from, std::span<const AudioView<Sample>> made) {
    while (!is_over() && point() < from + made.front().frames) {
        for (int o = 0; o < made.front().channels; ++o) {
            double error = 0;
            for (std::size_t m = 0; m < matrices_.size(); ++m)
                error += matrices_[m].weight * (static_cast<double>(made[m].channel(o)[point() - from]) -
                                                exact(*matrices_[m].matrix, o, point()));
            residual_.add(error);
        }
        if (++point_ < points_) continue;
        point_ = 0;
        ++place_;
    }
}

template <class Sample>
double FilterWitness<Sample>::exact(const FirMatrix& matrix, int output, Frames frame) const {
    double sum = 0;
    for (int i = 0; i < matrix.inputs(); ++i) sum += exact(matrix.at(output, i), i, frame);
    return sum;
}

/// Σ taps[k] · heard[frame + origin − k]; silence lies before frame 0 and behind what was heard.
template <class Sample>
double FilterWitness<Sample>::exact(const Fir& fir, int input, Frames frame) const {
    const Sample* const heard = heard_.view().channel(input);
    const Frames newest = frame + fir.origin - heard_from_;
    const Frames last = std::min(static_cast<Frames>(fir.taps.size()), newest + 1);
    const Frames first = std::max<Frames>(0, newest - heard_.frames() + 1);
    if (first >= last) return 0;
    return run_kernel<DotBackwards>(fir.taps.data() + first, heard + newest - first,
                                    static_cast<std::size_t>(last - first));
}

template class FilterWitness<float>;
template class FilterWitness<double>;

}  // namespace lathe
