// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/stage_gains.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace lathe {
namespace {

/// The entries of a stretch of a programme.
StageGains cut(const StageGains& gains, double from_s, double to_s) {
    const auto entry = [](double seconds) {
        return static_cast<std::size_t>(std::llround(seconds / GainHistory::seconds_per_entry));
    };
    StageGains part{gains.stage, {}};
    for (const std::vector<float>& band : gains.history.bands) {
        const std::size_t first = std::min(entry(from_s), band.size()), last = std::min(entry(to_s), band.size());
        part.history.bands.emplace_back(band.begin() + static_cast<std::ptrdiff_t>(first),
                                        band.begin() + static_cast<std::ptrdiff_t>(last));
    }
    return part;
}

}  // namespace

std::vector<StageGains> gains_of(std::vector<StageReport> reports) {
    std::vector<StageGains> gains;
    for (StageReport& report : reports) std::move(report.gains.begin(), report.gains.end(), std::back_inserter(gains));
    return gains;
}

std::vector<StageGains> gains_of_part(const std::vector<StageGains>& gains, const Programme& programme,
                                      std::size_t part, Frames programme_frames) {
    const Frames end = part + 1 < programme.parts.size() ? programme.parts[part + 1].at : programme_frames;
    std::vector<StageGains> own;
    for (const StageGains& stage : gains)
        own.push_back(cut(stage, static_cast<double>(programme.parts[part].at) / programme.rate,
                          static_cast<double>(end) / programme.rate));
    return own;
}

}  // namespace lathe
