// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "app/plot/axis.h"
#include "app/studio/model/preferences.h"

/// What the loudness meters are read on.
namespace lathe {

enum class LoudnessScale { ebu_9, ebu_18, absolute };
inline constexpr std::array<std::string_view, 3> loudness_scales{"EBU +9", "EBU +18", "LUFS"};
enum class LoudnessZero { target, ebu };
inline constexpr std::array<std::string_view, 2> loudness_zeros{"target", "-23"};

/// The scales of EBU Tech 3341 reach from 18 LU below zero to 9 above, and from 36 to 18; absolute: −60 to 0 LUFS.
struct MeterScale {
    LoudnessScale scale = LoudnessScale::absolute;
    LoudnessZero zero = LoudnessZero::target;  ///< of the relative ones

    static MeterScale kept(const Preferences& preferences);
    void keep(Preferences& preferences) const;

    bool is_relative() const { return scale != LoudnessScale::absolute; }
    /// 0 LU. target: the album's; −23 LUFS where there is none, or where the zero is EBU's.
    double zero_lufs(const std::optional<double>& target_lufs) const;
    /// In LUFS.
    Range range(const std::optional<double>& target_lufs) const;
    /// "−14.0 LUFS", "+1.2 LU", or no_value.
    std::string text(const std::optional<double>& lufs, const std::optional<double>& target_lufs) const;
};

}  // namespace lathe
