// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "dsp/core/audio.h"

namespace lathe {

/// A place in a source file, counted from its first sample: in seconds, or in samples where the album says so.
struct TimePoint {
    double seconds = 0;
    Frames samples = -1;  ///< at least 0: the place is this sample, at whatever rate

    Frames frame_at(double rate) const {
        return samples >= 0 ? samples : static_cast<Frames>(std::llround(seconds * rate));
    }
    /// Of that frame.
    double seconds_at(double rate) const { return static_cast<double>(frame_at(rate)) / rate; }
    bool operator==(const TimePoint&) const = default;
};

/// "m:ss.fff", "h:mm:ss.fff", "1.5" or "441000s" (samples); nothing if it is none of them, or negative.
std::optional<TimePoint> parse_time(std::string_view text);
/// The shortest of those forms that parse_time reads back alike.
std::string to_text(const TimePoint& time);

}  // namespace lathe
