// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace lathe {

/// Random numbers without a state: the number at a place follows from the seed and the place alone, so any part of a
/// sequence is had without what came before it. The mixer is SplitMix64's finaliser (Steele, Lea, Flood 2014).
class CounterRandom {
public:
    explicit CounterRandom(std::uint64_t seed) : seed_(mix(seed + golden)) {}
    /// 64 random bits for place n.
    std::uint64_t bits(std::uint64_t n) const { return mix(seed_ + (n + 1) * golden); }
    /// Uniform in [0, 1), 53 bits.
    double uniform(std::uint64_t n) const { return static_cast<double>(bits(n) >> 11) * 0x1p-53; }

private:
    static constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ull;
    static constexpr std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    std::uint64_t seed_;
};

}  // namespace lathe
