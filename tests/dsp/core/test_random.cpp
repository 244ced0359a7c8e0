// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/random.h"

#include <array>
#include <bit>
#include <cmath>
#include <set>

#include "tests/support/catch.h"

namespace lathe {

TEST_CASE("counter random: is SplitMix64 counted on, which gives the published numbers", "[core]") {
    // SplitMix64 (Steele, Lea, Flood 2014) seeded with s gives mix(s + (n + 1) golden); ours runs it from mix(seed +
    // golden).
    const auto splitmix = [](std::uint64_t& state) {
        std::uint64_t z = state += 0x9E3779B97F4A7C15ull;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ z >> 27) * 0x94D049BB133111EBull;
        return z ^ z >> 31;
    };
    std::uint64_t known = 1234567;
    CHECK(splitmix(known) == 6457827717110365317ull);  // Vigna's splitmix64.c, as quoted in many a port's tests
    CHECK(splitmix(known) == 3203168211198807973ull);
    std::uint64_t seed = 42;
    std::uint64_t state = splitmix(seed);
    const CounterRandom random(42);
    for (std::uint64_t n = 0; n < 100; ++n) CHECK(random.bits(n) == splitmix(state));
}

TEST_CASE("counter random: is uniform, and neighbours and seeds have nothing to do with each other", "[core]") {
    constexpr int count = 1 << 18;
    const CounterRandom a(1), b(2);
    double mean = 0, power = 0, neighbours = 0, seeds = 0;
    std::array<int, 64> histogram{};
    for (std::uint64_t n = 0; n < count; ++n) {
        const double x = a.uniform(n) - 0.5;
        REQUIRE((x >= -0.5 && x < 0.5));
        ++histogram[static_cast<std::size_t>((x + 0.5) * 64)];
        mean += x / count;
        power += x * x / count;
        neighbours += 12 * x * (a.uniform(n + 1) - 0.5) / count;
        seeds += 12 * x * (b.uniform(n) - 0.5) / count;
    }
    const double five_sigma = 5 / std::sqrt(static_cast<double>(count));
    CHECK_THAT(mean * std::sqrt(12.0), WithinAbs(0, five_sigma));
    CHECK_THAT(power * 12, WithinAbs(1, five_sigma));
    CHECK_THAT(neighbours, WithinAbs(0, five_sigma));
    CHECK_THAT(seeds, WithinAbs(0, five_sigma));
    double chi_squared = 0;
    for (const int hits : histogram) chi_squared += std::pow(hits - count / 64.0, 2) / (count / 64.0);
    CHECK_THAT(chi_squared, WithinAbs(63, 5 * std::sqrt(2 * 63.0)));
}

TEST_CASE("counter random: a flipped bit of the place flips half of the bits", "[core]") {
    const CounterRandom random(3);
    double flipped = 0;
    for (int bit = 0; bit < 40; ++bit)
        for (std::uint64_t n = 0; n < 64; ++n)
            flipped += std::popcount(random.bits(n * 7919) ^ random.bits((n * 7919) ^ (1ull << bit))) / (40.0 * 64);
    CHECK_THAT(flipped, WithinAbs(32, 0.5));
}

}  // namespace lathe
