// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "dsp/engine/engine.h"

namespace lathe {

/// What a dynamics stage did to a programme or a track.
struct StageGains {
    std::string stage;  ///< as a plan names it: "eq+multiband"
    GainHistory history;
};

/// Those of the reports whose gains can move.
inline std::vector<StageGains> gains_of(std::vector<StageReport> reports) {
    std::vector<StageGains> gains;
    for (StageReport& report : reports)
        if (!report.gains.bands.empty()) gains.push_back({std::move(report.name), std::move(report.gains)});
    return gains;
}

}  // namespace lathe
