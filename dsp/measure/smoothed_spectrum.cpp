// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/smoothed_spectrum.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

/// The power below any frequency of a spectrum whose density is even within each point's cell.
class PowerBelow {
public:
    PowerBelow(const Spectrum& spectrum, const std::vector<double>& levels_db) {
        const std::vector<double>& hz = spectrum.hz;
        const std::size_t count = hz.size();
        edges_.push_back(std::max(0.0, hz[0] - (hz[1] - hz[0]) / 2));
        for (std::size_t i = 1; i < count; ++i) edges_.push_back((hz[i - 1] + hz[i]) / 2);
        edges_.push_back(hz[count - 1] + (hz[count - 1] - hz[count - 2]) / 2);
        powers_.push_back(0);
        for (std::size_t i = 0; i < count; ++i)
            powers_.push_back(powers_.back() +
                              (edges_[i + 1] - edges_[i]) * power_from_db(levels_db[i]) / spectrum.noise_hz[i]);
    }
    double low_hz() const { return edges_.front(); }
    double high_hz() const { return edges_.back(); }
    /// hz: within the edges.
    double operator()(double hz) const {
        const auto above = std::upper_bound(edges_.begin() + 1, edges_.end() - 1, hz);
        const auto i = static_cast<std::size_t>(above - edges_.begin());
        return std::lerp(powers_[i - 1], powers_[i], (hz - edges_[i - 1]) / (edges_[i] - edges_[i - 1]));
    }

private:
    std::vector<double> edges_, powers_;
};

}  // namespace

std::vector<double> smoothed_db(const Spectrum& spectrum, const std::vector<double>& levels_db, int bands) {
    if (spectrum.hz.size() < 2) return levels_db;
    constexpr double floor_db = -160;
    const PowerBelow power(spectrum, levels_db);
    const double reach = std::exp2(0.5 / bands);
    std::vector<double> smoothed;
    for (std::size_t i = 0; i < spectrum.hz.size(); ++i) {
        const double low = std::max(spectrum.hz[i] / reach, power.low_hz()),
                     high = std::min(spectrum.hz[i] * reach, power.high_hz());
        const double density = (power(high) - power(low)) / (high - low);
        smoothed.push_back(std::max(floor_db, db_from_power(density * spectrum.noise_hz[i])));
    }
    return smoothed;
}

}  // namespace lathe
