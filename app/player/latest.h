// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>

namespace lathe {

/// The newest of a series of values, from one thread to another one; neither ever waits. What is overwritten before it
/// was read is never seen.
template <class T>
class Latest {
public:
    void write(const T& value) {
        slots_[writing_] = value;
        writing_ = shared_.exchange(writing_ | fresh, std::memory_order_acq_rel) & ~fresh;
    }
    /// Good until the next call.
    const T& read() {
        if (shared_.load(std::memory_order_relaxed) & fresh)
            reading_ = shared_.exchange(reading_, std::memory_order_acq_rel) & ~fresh;
        return slots_[reading_];
    }

private:
    static constexpr unsigned fresh = 4;
    std::array<T, 3> slots_{};
    std::atomic<unsigned> shared_{1};
    unsigned writing_ = 0, reading_ = 2;
};

}  // namespace lathe
