// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/decibel.h"

namespace lathe::test {

/// A 1 kHz sine that goes on while its level steps, as the EBU's test signals do. Made from one table of 10 ms, whole
/// periods at every usual rate.
class SteppedTone {
public:
    explicit SteppedTone(double rate)
        : rate_(rate), table_(static_cast<std::size_t>(rate / 100)), piece_(table_.size()) {
        for (std::size_t n = 0; n < table_.size(); ++n)
            table_[n] = std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(n) / rate);
    }
    /// Calls use(view) with the next `seconds` of the tone at a peak level of level_db (−∞: silence); every channel is
    /// the same.
    template <class Use>
    void play(double seconds, double level_db, int channels, Use&& use) {
        const double amplitude = gain_from_db(level_db);
        seconds_ += seconds;
        for (const Frames end = std::llround(seconds_ * rate_); frame_ < end;) {
            const auto count = std::min<Frames>(static_cast<Frames>(piece_.size()), end - frame_);
            for (Frames n = 0; n < count; ++n)
                piece_[static_cast<std::size_t>(n)] =
                    static_cast<float>(amplitude * table_[static_cast<std::size_t>(frame_ + n) % table_.size()]);
            use(AudioView<const float>(piece_.data(), 0, channels, count));
            frame_ += count;
        }
    }

private:
    double rate_, seconds_ = 0;
    Frames frame_ = 0;
    std::vector<double> table_;
    std::vector<float> piece_;
};

}  // namespace lathe::test
