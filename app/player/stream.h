// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <vector>

#include "app/player/mix.h"
#include "app/player/route.h"

namespace lathe {

/// The raw material of one route, read ahead for all three signals: written by the feeder, read by the callback,
/// without locks. Everything that is heard is computed from it at the last moment. Each slot is a ring of stereo frames
/// addressed by line time; frames behind the playhead may be overwritten.
class Stream {
public:
    /// Holds half a second or more of every slot.
    explicit Stream(double rate);

    /// What it is made for. Set by begin() and left alone until it is free again.
    struct Plan {
        Route route;
        Mix mix;  ///< in force as long as nothing newer is ordered
        PerSlot<std::shared_ptr<const Signal>> signals;
        PerSlot<Frames> ends{};  ///< frames of the signals
    };
    const Plan& plan() const { return plan_; }
    const Route& route() const { return plan_.route; }
    Frames capacity() const { return capacity_; }

    // The feeder's side.
    bool is_free() const { return free_.load(std::memory_order_acquire); }
    void begin(Plan plan);             ///< of a free one, which is in use from then on
    void forget() { plan_ = Plan{}; }  ///< of a free one: lets go of its signals
    Frames next(int slot) const;       ///< line time of what is to be appended: past the playhead, if that was faster
    Frames room(int slot) const;       ///< frames that may be appended
    void append(int slot, Frames time, AudioView<const float> pair);  ///< time = next(slot); at most room(slot) frames

    // The callback's side.
    Frames now() const { return now_.load(std::memory_order_acquire); }  ///< the playhead in line time; for both sides
    void advance_to(Frames time) { now_.store(time, std::memory_order_release); }
    void release() { free_.store(true, std::memory_order_release); }
    /// Frames ready from a line time on, of the slots that a mix hears; may be negative.
    Frames ready(const Mix& mix, Frames time) const;
    float sample(int slot, int side, Frames time) const {
        return rings_.channel(2 * slot + side)[time & (capacity_ - 1)];
    }

private:
    Frames capacity_;
    AudioBuffer<float> rings_;  ///< [slot and side][capacity_]
    Plan plan_;
    PerSlot<std::atomic<Frames>> written_{};
    std::atomic<Frames> now_{0};
    std::atomic<bool> free_{true};
};

}  // namespace lathe
