// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// What the bands of a processor did, for meters and plots: bands[b][k] is the furthest that band b's gain was from its
/// makeup in the k-th 10 ms of the programme, over all channels: dB, below 0 turned down, above 0 turned up; before
/// `mix`. A band whose gain cannot move, or that is not heard, has no entries.
struct GainHistory {
    static constexpr double seconds_per_entry = 0.01;
    std::vector<std::vector<float>> bands;
};

/// What a dynamics stage did to a programme, or to a track of it.
struct StageGains {
    std::string stage;  ///< as a plan names it: "eq+multiband"
    GainHistory history;
};

/// Writes one band of a history, from changes that come in order.
class GainRecorder {
public:
    explicit GainRecorder(double rate) : frames_per_entry_(rate * GainHistory::seconds_per_entry) {}
    /// One for another history, from its beginning.
    GainRecorder anew() const {
        GainRecorder other = *this;
        other.entry_ = 0;
        return other;
    }

    /// The frame where the entry that is being written ends.
    Frames next_end() const {
        return static_cast<Frames>(std::floor(frames_per_entry_ * static_cast<double>(entry_ + 1)));
    }
    /// The furthest change of the frames up to `end`, at most next_end(). change_db: signed as in GainHistory.
    void record(float change_db, Frames end, std::vector<float>& entries) {
        if (static_cast<Frames>(entries.size()) == entry_) entries.push_back(0);
        float& entry = entries.back();
        entry = std::abs(change_db) > std::abs(entry) ? change_db : entry;
        if (end == next_end()) ++entry_;
    }

private:
    double frames_per_entry_;
    Frames entry_ = 0;
};

}  // namespace lathe
