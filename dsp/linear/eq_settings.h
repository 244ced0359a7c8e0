// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <numbers>
#include <string>
#include <vector>

#include "dsp/core/channel.h"
#include "dsp/core/field.h"

namespace lathe {

enum class EqBandType { bell, low_shelf, high_shelf, tilt, high_pass, low_pass, notch, band_pass };
inline constexpr std::array<std::string_view, 8> eq_band_types{"bell",      "low_shelf", "high_shelf", "tilt",
                                                               "high_pass", "low_pass",  "notch",      "band_pass"};
enum class EqPhase { linear, minimum, mixed };
inline constexpr std::array<std::string_view, 3> eq_phases{"linear", "minimum", "mixed"};

struct EqBand {
    std::string name;
    EqBandType type = EqBandType::bell;
    double hz = 1000;
    double gain_db = 0;
    double q = 1 / std::numbers::sqrt2;
    double slope_db_oct = 12;
    Channel channel = Channel::stereo;
    bool bypass = false;

    static Fields fields();
};

struct EqSettings {
    EqPhase phase = EqPhase::linear;
    double pre_ring_db = -60;
    std::vector<EqBand> bands;

    static constexpr std::string_view type = "eq";
    static Fields fields();
};

}  // namespace lathe
