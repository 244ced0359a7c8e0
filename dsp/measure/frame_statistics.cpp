// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/frame_statistics.h"

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

constexpr Frames most_points = Frames{200} << 17;  // of a window length, all frames together
constexpr Frames most_frames = 400;
constexpr float loudest_share = 0.95f, sound_range_db = 30, silence_db = -110;
constexpr int stripe_points = 32;

/// Means within ±reach points, fewer at the ends.
void means_around(std::span<const float> levels, int reach, std::span<float> means) {
    const int points = static_cast<int>(levels.size());
    double sum = 0;
    int first = 0, end = 0;
    for (int i = 0; i < points; ++i) {
        for (; end < std::min(i + reach + 1, points); ++end) sum += levels[static_cast<std::size_t>(end)];
        for (; first < i - reach; ++first) sum -= levels[static_cast<std::size_t>(first)];
        means[static_cast<std::size_t>(i)] = static_cast<float>(sum / (end - first));
    }
}

/// The value at a share of the sorted order; values are rearranged.
float percentile(std::vector<float>& values, double share) {
    const auto at = values.begin() + std::min(static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size())),
                                              static_cast<std::ptrdiff_t>(values.size()) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace

FrameSchedule frame_schedule(Frames programme, Frames size) {
    const Frames room = programme - size;
    const Frames most = std::min(most_frames, std::max<Frames>(2, most_points / size));
    const Frames dense = 4 * room / size + 1, usual = 2 * room / size + 1;
    return {size, static_cast<int>(std::min(most, std::max(usual, std::min<Frames>(dense, 60)))), room};
}

FrameStatistics::FrameStatistics(int frames, int points)
    : frames_(frames), points_(points), levels_(static_cast<std::size_t>(frames) * static_cast<std::size_t>(points)) {}

std::span<float> FrameStatistics::row(int frame) {
    return std::span(levels_).subspan(static_cast<std::size_t>(frame) * static_cast<std::size_t>(points_),
                                      static_cast<std::size_t>(points_));
}

void FrameStatistics::deviations(int reach, std::span<const double> shares, float* out, std::span<float> presence,
                                 Workers& workers) {
    const auto points = static_cast<std::size_t>(points_);
    surroundings_.resize(levels_.size());
    workers.for_each(frames_, [&](int f) {
        const auto begin = static_cast<std::size_t>(f) * points;
        means_around(row(f), reach, std::span(surroundings_).subspan(begin, points));
    });
    workers.for_each((points_ + stripe_points - 1) / stripe_points, [&](int stripe) {
        std::vector<float> values;
        for (int i = stripe * stripe_points; i < std::min((stripe + 1) * stripe_points, points_); ++i) {
            const auto at = static_cast<std::size_t>(i);
            values.clear();
            for (std::size_t f = 0; f < levels_.size(); f += points) values.push_back(surroundings_[f + at]);
            const float threshold = std::max(percentile(values, loudest_share) - sound_range_db, silence_db);
            values.clear();
            for (std::size_t f = 0; f < levels_.size(); f += points)
                if (surroundings_[f + at] > threshold) values.push_back(levels_[f + at] - surroundings_[f + at]);
            const double share = static_cast<double>(values.size()) / frames_;
            if (!presence.empty()) presence[at] = static_cast<float>(share);
            const bool enough = values.size() >= 3 && share >= 0.02;
            for (std::size_t s = 0; s < shares.size(); ++s)
                out[s * points + at] = enough ? percentile(values, shares[s]) : 0;
        }
    });
}

}  // namespace lathe
