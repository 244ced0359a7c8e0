// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include "dsp/core/field.h"

namespace lathe {

struct ClipperSettings {
    double threshold_db = 0;
    double knee_db = 2;
    int oversample = 8;

    static constexpr std::string_view type = "clipper";
    static Fields fields();
};

enum class LimiterStyle { clean, punchy, dense };
inline constexpr std::array<std::string_view, 3> limiter_styles{"clean", "punchy", "dense"};

struct LimiterSettings {
    double drive_db = 0;
    double lookahead_ms = 5;
    std::optional<double> attack_ms;
    NumberOrWord release_ms{120, {}};
    double link = 1;
    LimiterStyle style = LimiterStyle::clean;
    std::optional<double> ceiling_dbtp;

    static constexpr std::string_view type = "limiter";
    static Fields fields();
};

}  // namespace lathe
