// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <vector>

#include "dsp/measure/loudness.h"

/// The EBU's test signals for loudness, and what they read.
namespace lathe::test {

inline constexpr double silence = -std::numeric_limits<double>::infinity();

/// A stretch of a 1 kHz sine of that peak level.
struct Segment {
    double seconds, level_db;
};

/// The meter's blocks of a 1 kHz sine that goes on while its level steps, the same on both channels.
LoudnessBlocks metered(double rate, const std::vector<Segment>& segments);
/// The blocks as they stand at every segment's end, up to 1024 frames late, but for the last.
std::vector<LoudnessBlocks> metered_at_each_end(double rate, const std::vector<Segment>& segments);
/// Of a sine of another level on every channel, for 20 s.
LoudnessBlocks metered_channels(double rate, const std::vector<double>& levels_db);

/// LUFS that a 1 kHz sine of 0 dBFS reads in one channel of weight 1, by the printed coefficients.
double sine_reading_lufs(double rate);

/// What an ideal meter reads of the same segments: windows over levels that change at once, gated as BS.1770-5 and Tech
/// 3342 say. No audio is made.
class IdealReading {
public:
    IdealReading(double rate, const std::vector<Segment>& segments);
    double integrated_lufs() const;
    double momentary_max_lufs() const;   ///< over every 400 ms there are
    double short_term_max_lufs() const;  ///< over every 3 s
    double loudness_range_lu() const;

private:
    double total_s() const { return edges_s_.back(); }
    double energy(double from_s, double to_s) const;
    double mean_lufs(double from_s, double length_s) const;
    double largest_lufs(double length_s) const;

    double offset_db_;
    std::vector<double> edges_s_, powers_;
};

}  // namespace lathe::test
