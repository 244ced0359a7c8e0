// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/threads/tbb_workers.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {
#ifdef __aarch64__
constexpr std::uint64_t flush_to_zero = 1u << 24;  // of what comes in, too
std::uint64_t control() {
    std::uint64_t bits = 0;
    asm volatile("mrs %0, fpcr" : "=r"(bits));
    return bits;
}
void set_control(std::uint64_t bits) { asm volatile("msr fpcr, %0" : : "r"(bits)); }
#else
constexpr unsigned flush_to_zero = 0x8040;  // of what comes in, too
unsigned control() { return _mm_getcsr(); }
void set_control(std::uint64_t bits) { _mm_setcsr(static_cast<unsigned>(bits)); }
#endif

std::int64_t now_ns() {
    using namespace std::chrono;
    return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}
}  // namespace

FlushSubnormals::FlushSubnormals() : saved_(control()) { set_control(saved_ | flush_to_zero); }
FlushSubnormals::~FlushSubnormals() { set_control(saved_); }

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
