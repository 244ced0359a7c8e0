// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/marks.h"

#include <cmath>

namespace lathe {

// Every field is stored with release and loaded with acquire, so a reader that saw one of a newer mark also sees that
// the number has changed.
void Marks::add(double seconds, Frames position, Frames count, Frames next) {
    const std::uint64_t number = newest_.load(std::memory_order_relaxed) + 1;
    Mark& mark = marks_[number % kept];
    mark.number.store(0, std::memory_order_relaxed);
    mark.seconds.store(seconds, std::memory_order_release);
    mark.position.store(position, std::memory_order_release);
    mark.count.store(count, std::memory_order_release);
    mark.next.store(next, std::memory_order_release);
    mark.number.store(number, std::memory_order_release);
    newest_.store(number, std::memory_order_release);
}

Frames Marks::position(double seconds) const {
    const std::uint64_t newest = newest_.load(std::memory_order_acquire);
    Frames oldest_seen = 0;
    for (std::uint64_t number = newest; number > 0 && number + kept > newest; --number) {
        const Mark& mark = marks_[number % kept];
        if (mark.number.load(std::memory_order_acquire) != number) break;
        const double from = mark.seconds.load(std::memory_order_acquire);
        const Frames position = mark.position.load(std::memory_order_acquire);
        const Frames count = mark.count.load(std::memory_order_acquire);
        const Frames next = mark.next.load(std::memory_order_acquire);
        if (mark.number.load(std::memory_order_relaxed) != number) break;
        if (from <= seconds) {
            const auto since = static_cast<Frames>(std::floor((seconds - from) * rate_ + 1e-6));
            return since < count ? position + since : next;
        }
        oldest_seen = position;
    }
    return oldest_seen;
}

}  // namespace lathe
