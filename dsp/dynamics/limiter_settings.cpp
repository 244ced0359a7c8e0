// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter_settings.h"

namespace lathe {

Fields ClipperSettings::fields() {
    static constexpr Field list[] = {
        number_field<&ClipperSettings::threshold_db>("threshold_db", "dB", -24, 12,
                                                     "where it clips, against the master's ceiling"),
        number_field<&ClipperSettings::knee_db>("knee_db", "dB", 0, 12, "width of the bend below it; 0 is a hard clip"),
        number_field<&ClipperSettings::oversample>("oversample", "", 1, 32,
                                                   "how many times the rate it works at: 1, 2, 4, 8, 16 or 32"),
    };
    return list;
}

Fields LimiterSettings::fields() {
    static constexpr std::string_view auto_word[] = {"auto"};
    static constexpr Field list[] = {
        number_field<&LimiterSettings::drive_db>("drive_db", "dB", -24, 36, "level added before it"),
        number_field<&LimiterSettings::lookahead_ms>("lookahead_ms", "ms", 0.1, 20, "how far ahead it sees peaks"),
        number_field<&LimiterSettings::attack_ms>(
            "attack_ms", "ms", 0.1, 20,
            "time in which the gain moves into a peak; at most, and by default, lookahead_ms"),
        number_field<&LimiterSettings::release_ms>("release_ms", "ms", 1, 5000,
                                                   "time in which the gain has come back 63 % of its way, or \"auto\"",
                                                   auto_word),
        number_field<&LimiterSettings::link>("link", "", 0, 1,
                                             "1: all channels get the gain of the loudest, 0: each its own"),
        choice_field<&LimiterSettings::style, limiter_styles>(
            "style",
            "clean holds the gain still over low notes, punchy lets transients by and recovers fast, dense is loudest"),
        number_field<&LimiterSettings::ceiling_dbtp>(
            "ceiling_dbtp", "dBTP", -60, 24, "ceiling of a limiter that is not the last; the last takes the master's"),
    };
    return list;
}

}  // namespace lathe
