// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/stream.h"

#include <bit>

namespace lathe {

Stream::Stream(double rate)
    : capacity_(static_cast<Frames>(std::bit_ceil(static_cast<std::size_t>(rate / 2)))),
      rings_(2 * slot_count, capacity_) {}

void Stream::begin(Plan plan) {
    assert(is_free());
    plan_ = std::move(plan);
    advance_to(plan_.route.begin);
    for (auto& written : written_) written.store(plan_.route.begin, std::memory_order_relaxed);
    free_.store(false, std::memory_order_relaxed);
}

Frames Stream::next(int slot) const {
    return std::max(written_[static_cast<std::size_t>(slot)].load(std::memory_order_relaxed), now());
}

Frames Stream::room(int slot) const {
    const Frames playhead = now();
    return playhead + capacity_ -
           std::max(written_[static_cast<std::size_t>(slot)].load(std::memory_order_relaxed), playhead);
}

void Stream::append(int slot, Frames time, AudioView<const float> pair) {
    for (int side = 0; side < 2; ++side) {
        float* const ring = rings_.channel(2 * slot + side);
        for (Frames n = 0; n < pair.frames; ++n) ring[(time + n) & (capacity_ - 1)] = pair.channel(side)[n];
    }
    written_[static_cast<std::size_t>(slot)].store(time + pair.frames, std::memory_order_release);
}

Frames Stream::ready(const Mix& mix, Frames time) const {
    Frames least = capacity_;
    for (std::size_t slot = 0; slot < slot_count; ++slot)
        if (mix.heard[slot]) least = std::min(least, written_[slot].load(std::memory_order_acquire) - time);
    return least;
}

}  // namespace lathe
