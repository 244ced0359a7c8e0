// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/threads/tbb_workers.h"

#include <immintrin.h>

#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {
constexpr unsigned flush_to_zero_and_denormals_are_zero = 0x8040;

std::int64_t now_ns() {
    using namespace std::chrono;
    return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}
}  // namespace

FlushSubnormals::FlushSubnormals() : saved_(_mm_getcsr()) { _mm_setcsr(saved_ | flush_to_zero_and_denormals_are_zero); }
FlushSubnormals::~FlushSubnormals() { _mm_setcsr(saved_); }

void TbbWorkers::for_each(int count, const std::function<void(int)>& part) {
    const auto timed = [&](int i) {
        const FlushSubnormals flush;
        const std::int64_t start = now_ns();
        part(i);
        parts_ns_.fetch_add(now_ns() - start, std::memory_order_relaxed);
    };
    const std::int64_t start = now_ns();
    const auto all = [&] {
        in_parallel(static_cast<std::size_t>(count), [&](std::size_t i) { timed(static_cast<int>(i)); });
    };
    if (count == 1)
        timed(0);
    else if (waiting_ == Waiting::helps)
        all();
    else
        isolated(all);
    waited_ns_.fetch_add(now_ns() - start, std::memory_order_relaxed);
}

double steady_seconds() { return 1e-9 * static_cast<double>(now_ns()); }

}  // namespace lathe
