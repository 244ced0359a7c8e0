// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/plot/chart.h"
#include "app/render/stage_gains.h"

namespace lathe {

/// What every band of every dynamics stage did over time, in dB: the furthest that it went in each pixel's time.
Chart gain_chart(const std::vector<StageGains>& stages, const std::string& title);

}  // namespace lathe
