// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/simd/isa.h"

#include <fmt/format.h>

#include <atomic>

#include "dsp/core/error.h"

namespace lathe {
namespace {
std::atomic<int> chosen{-1};
}

Isa best_isa() {
#ifdef __aarch64__
    return Isa::neon;
#else
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd"))
        return Isa::avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return Isa::avx2;
    if (__builtin_cpu_supports("sse4.2")) return Isa::sse4_2;
    throw SystemError("this processor has no SSE4.2, which lathe needs");
#endif
}

Isa active_isa() {
    int isa = chosen.load(std::memory_order_relaxed);
    if (isa < 0) chosen.store(isa = static_cast<int>(best_isa()), std::memory_order_relaxed);
    return static_cast<Isa>(isa);
}

void use_isa(Isa isa) {
    if (isa > best_isa())
        throw BadSetting(fmt::format("this processor has no {}; its best is {}", isa_name(isa), isa_name(best_isa())));
    chosen.store(static_cast<int>(isa), std::memory_order_relaxed);
}

std::string_view isa_name(Isa isa) {
#ifdef __aarch64__
    constexpr std::string_view names[] = {"neon"};
#else
    constexpr std::string_view names[] = {"sse4.2", "avx2", "avx512bw"};
#endif
    return names[static_cast<int>(isa)];
}

}  // namespace lathe
