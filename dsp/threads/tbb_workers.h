// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>

#include "dsp/core/workers.h"

namespace lathe {

/// Flushes subnormal numbers to zero on this thread while it lives: they are inaudible and a hundred times slower.
class FlushSubnormals {
public:
    FlushSubnormals();
    ~FlushSubnormals();
    FlushSubnormals(const FlushSubnormals&) = delete;
    FlushSubnormals& operator=(const FlushSubnormals&) = delete;

private:
    std::uint64_t saved_;  ///< the processor's control register
};

/// oneTBB's threads, and a clock of the processor time that its parts took.
class TbbWorkers final : public Workers {
public:
    /// What a thread does while it waits for the others' parts. helps: other work of the isolated() region that it is
    /// in, which there must be; idles: none.
    enum class Waiting { idles, helps };

    explicit TbbWorkers(Waiting waiting = Waiting::idles) : waiting_(waiting) {}
    void for_each(int count, const std::function<void(int)>& part) override;
    /// Seconds that parts took, summed over threads, and seconds that callers waited for them.
    double parts_s() const { return 1e-9 * static_cast<double>(parts_ns_.load()); }
    double waited_s() const { return 1e-9 * static_cast<double>(waited_ns_.load()); }

private:
    const Waiting waiting_;
    std::atomic<std::int64_t> parts_ns_{0}, waited_ns_{0};
};

/// Seconds since a fixed time.
double steady_seconds();

}  // namespace lathe
