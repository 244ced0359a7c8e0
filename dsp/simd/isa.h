// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <utility>
#include <xsimd/xsimd.hpp>

namespace lathe {

/// The instruction sets that every kernel is built for, weakest first.
#ifdef __aarch64__
enum class Isa { neon };
inline constexpr Isa all_isas[] = {Isa::neon};
using Neon = xsimd::neon64;
#else
enum class Isa { sse4_2, avx2, avx512 };
inline constexpr Isa all_isas[] = {Isa::sse4_2, Isa::avx2, Isa::avx512};
using Sse42 = xsimd::sse4_2;
using Avx2 = xsimd::fma3<xsimd::avx2>;
using Avx512 = xsimd::avx512bw;
#endif

/// The strongest that this processor has. Throws SystemError below SSE4.2.
Isa best_isa();
/// The one in use: best_isa() unless use_isa() chose another.
Isa active_isa();
/// Chooses, before any kernel has run; a stronger one than the processor's is a BadSetting.
void use_isa(Isa isa);
std::string_view isa_name(Isa isa);  ///< "sse4.2", "avx2", "avx512bw"; "neon"

/// Runs a kernel, a struct whose template operator()(Arch, pointers and counts…) is declared in this folder and
/// instantiated in kernels_*.cpp, on the instruction set in use.
template <class Kernel, class... Args>
auto run_kernel(Args... args) {
#ifdef __aarch64__
    return Kernel{}(Neon{}, args...);
#else
    switch (active_isa()) {
        case Isa::avx512:
            return Kernel{}(Avx512{}, args...);
        case Isa::avx2:
            return Kernel{}(Avx2{}, args...);
        default:
            return Kernel{}(Sse42{}, args...);
    }
#endif
}

}  // namespace lathe
