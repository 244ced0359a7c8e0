// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

namespace lathe {

/// What of the programme a processor, or a band of it, works on. Anything but stereo needs exactly two channels.
/// mid = (L + R) / 2, side = (L − R) / 2; L = mid + side, R = mid − side.
enum class Channel { stereo, mid, side, left, right };
inline constexpr std::array<std::string_view, 5> channel_words{"stereo", "mid", "side", "left", "right"};

}  // namespace lathe
