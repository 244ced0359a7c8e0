// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/resonance_score.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe::test {
namespace {

double median(std::vector<double> values) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

void ResonanceScore::planted(std::span<const Resonance> found, std::span<const PlantedBell> bells) {
    for (const PlantedBell& bell : bells) {
        ++bells_;
        for (std::size_t place = 0; place < std::min<std::size_t>(found.size(), 20); ++place) {
            const Resonance& r = found[place];
            const double octaves = std::log2(r.frequency_hz / bell.hz);
            if (std::abs(octaves) > 1.0 / 24) continue;
            ++in_first_20_;
            in_first_5_ += place < 5;
            cents_.push_back(std::abs(1200 * octaves));
            cut_errors_.push_back(std::abs(r.cut_db + bell.gain_db));
            q_errors_.push_back(std::abs(std::log2(r.q / bell.q)));
            remainders_.push_back(remainder_db(bell, r.frequency_hz, r.q, r.cut_db));
            break;
        }
    }
}

void ResonanceScore::clean(std::span<const Resonance> found) {
    const auto sure = static_cast<int>(
        std::count_if(found.begin(), found.end(), [](const Resonance& r) { return r.confidence > 0.7; }));
    ++excerpts_;
    false_alarms_ += sure;
    most_false_alarms_ = std::max(most_false_alarms_, sure);
}

double ResonanceScore::share_in_first(int count) const {
    return static_cast<double>(count == 5 ? in_first_5_ : in_first_20_) / bells_;
}
double ResonanceScore::median_cents() const { return median(cents_); }
double ResonanceScore::median_cut_error_db() const { return median(cut_errors_); }
double ResonanceScore::median_q_error_octaves() const { return median(q_errors_); }
double ResonanceScore::median_remainder_db() const { return median(remainders_); }
double ResonanceScore::remainder_share_within(double db) const {
    return static_cast<double>(
               std::count_if(remainders_.begin(), remainders_.end(), [&](double r) { return r <= db; })) /
           static_cast<double>(remainders_.size());
}
double ResonanceScore::false_alarms() const { return static_cast<double>(false_alarms_) / excerpts_; }

}  // namespace lathe::test
