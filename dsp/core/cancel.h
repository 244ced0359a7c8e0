// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "dsp/core/error.h"

namespace lathe {

/// A request to stop, made from any thread or a signal handler and polled by the work between tiles.
class Cancel {
public:
    void request() noexcept { requested_.store(true, std::memory_order_relaxed); }
    bool requested() const noexcept { return requested_.load(std::memory_order_relaxed); }
    /// Throws Cancelled if a stop was asked for.
    void check() const {
        if (requested()) throw Cancelled{};
    }

private:
    std::atomic<bool> requested_{false};
};

}  // namespace lathe
