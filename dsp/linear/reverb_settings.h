// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>

#include "dsp/core/field.h"

namespace lathe {

enum class RoomPreset { none, plate, chamber, hall, church };
inline constexpr std::array<std::string_view, 5> room_presets{"none", "plate", "chamber", "hall", "church"};

struct ReverbSettings {
    std::string ir{};                      ///< an impulse response file; or
    RoomPreset preset = RoomPreset::none;  ///< a built-in room: exactly one of the two
    double wet_db = -20;
    double dry_db = 0;
    double predelay_ms = 0;
    double low_cut_hz = 0;
    double high_cut_hz = 0;
    double decay_scale = 1;
    bool ir_normalize = false;
    std::optional<double> tail_s{};

    static constexpr std::string_view type = "reverb";
    static Fields fields();
};

}  // namespace lathe
