// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "dsp/core/field.h"

namespace lathe {

enum class DynamicsMode { down, up };
inline constexpr std::array<std::string_view, 2> dynamics_modes{"down", "up"};
enum class LevelDetector { peak, rms };
inline constexpr std::array<std::string_view, 2> level_detectors{"peak", "rms"};

/// Gain that follows level: one band of a multiband, or a compressor. Curve and detector: Giannoulis, Massberg, Reiss,
/// JAES 60(6), 2012.
struct BandSettings {
    double threshold_db = 0;
    double ratio = 2;
    double knee_db = 6;
    double attack_ms = 30;
    double release_ms = 200;
    double makeup_db = 0;
    DynamicsMode mode = DynamicsMode::down;
    std::optional<double> range_db = {};
    LevelDetector detector = LevelDetector::peak;
    double link = 1;
    double sidechain_hp_hz = 0;
    double lookahead_ms = 0;
    double mix = 1;
    bool solo = false;
    bool bypass = false;

    static Fields fields();
};

struct MultibandSettings {
    std::vector<double> crossovers_hz;
    double slope_db_oct = 48;
    std::vector<BandSettings> bands;

    static constexpr std::string_view type = "multiband";
    static Fields fields();
};

/// The same without a split. (The common `mix` and `bypass` of every processor stand for the band's own.)
struct CompressorSettings : BandSettings {
    static constexpr std::string_view type = "compressor";
    static Fields fields();
};

}  // namespace lathe
