// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/resonance_network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace lathe {
namespace {

#include "dsp/measure/resonance_network_weights.inc"

constexpr int points = resonance_grid.count;
constexpr int inputs = ResonanceEvidence::rows + 2;
constexpr int outputs = 4;
constexpr std::array<int, 3> first_taps{-1, 0, 1};
constexpr std::array<int, 6> dilations{1, 2, 4, 8, 16, 32};
constexpr int stripe_points = 64;

/// [points][channels].
using Plane = std::vector<float>;

/// Reads the stored weights in order: a matrix is its scale, then its entries in 1/2047 of it.
class WeightReader {
public:
    std::vector<float> next(int count) {
        const float scale = resonance_network_scales[tensor_++] / 2047;
        std::vector<float> values(static_cast<std::size_t>(count));
        for (float& value : values) value = scale * resonance_network_weights[at_++];
        return values;
    }

private:
    std::size_t tensor_ = 0, at_ = 0;
};

/// out = bias + Σ over taps of in[point + tap] · weights; points outside count as zeros.
class Layer {
public:
    Layer(WeightReader& reader, std::vector<int> taps, int in, int out)
        : taps_(std::move(taps)),
          in_(in),
          out_(out),
          weights_(reader.next(static_cast<int>(taps_.size()) * in * out)),
          bias_(reader.next(out)) {}

    Plane operator()(const Plane& x, Workers& workers) const {
        Plane y(static_cast<std::size_t>(points * out_));
        workers.for_each((points + stripe_points - 1) / stripe_points, [&](int stripe) {
            for (int p = stripe * stripe_points; p < std::min((stripe + 1) * stripe_points, points); ++p)
                at_point(x, p, y.data() + p * out_);
        });
        return y;
    }

private:
    void at_point(const Plane& x, int point, float* y) const {
        std::copy(bias_.begin(), bias_.end(), y);
        for (std::size_t t = 0; t < taps_.size(); ++t) {
            const int from = point + taps_[t];
            if (from < 0 || from >= points) continue;
            const float* const values = x.data() + from * in_;
            const float* row = weights_.data() + static_cast<std::ptrdiff_t>(t) * in_ * out_;
            for (int i = 0; i < in_; ++i, row += out_)
                for (int o = 0; o < out_; ++o) y[o] += values[i] * row[o];
        }
    }

    std::vector<int> taps_;
    int in_, out_;
    std::vector<float> weights_, bias_;
};

void rectify(Plane& x) {
    for (float& value : x) value = std::max(value, 0.0f);
}

Plane input_plane(const ResonanceEvidence& evidence, double duration_s) {
    Plane x(static_cast<std::size_t>(points * inputs));
    const auto length = static_cast<float>(std::log2(std::clamp(duration_s, 6.0, 600.0) / 40));
    for (int p = 0; p < points; ++p) {
        float* const at = x.data() + p * inputs;
        for (int r = 0; r < ResonanceEvidence::rows; ++r) at[r] = std::clamp(evidence.row(r)[p], -40.0f, 40.0f) / 8;
        at[ResonanceEvidence::rows] = (static_cast<float>(p) / points - 0.5f) * 3;
        at[ResonanceEvidence::rows + 1] = length;
    }
    return x;
}

}  // namespace

std::vector<ResonanceReading> read_resonances(const ResonanceEvidence& evidence, double duration_s, Workers& workers) {
    WeightReader reader;
    Plane x = Layer(reader, {first_taps.begin(), first_taps.end()}, inputs, width)(input_plane(evidence, duration_s),
                                                                                   workers);
    rectify(x);
    for (const int d : dilations) {
        Plane inner = Layer(reader, {-2 * d, -d, 0, d, 2 * d}, width, width)(x, workers);
        rectify(inner);
        const Plane step = Layer(reader, {0}, width, width)(inner, workers);
        std::transform(x.begin(), x.end(), step.begin(), x.begin(), std::plus<>());
    }
    rectify(x);
    const Plane y = Layer(reader, {0}, width, outputs)(x, workers);
    std::vector<ResonanceReading> readings(static_cast<std::size_t>(points));
    for (std::size_t p = 0; p < readings.size(); ++p) {
        const float* const at = y.data() + p * outputs;
        readings[p] = {1 / (1 + std::exp(-at[0])), 4 * at[1], 20 * std::exp2(std::clamp(at[2], -3.0f, 3.0f)),
                       10 + 3 * at[3]};
    }
    return readings;
}

}  // namespace lathe
