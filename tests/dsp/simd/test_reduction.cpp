// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/simd/reduction.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "dsp/simd/isa.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"

using namespace lathe;

namespace {

// Reductions in octaves: mostly 0, now and then a stretch of something.
std::vector<double> bursts(std::size_t n) {
    std::mt19937 random(4);
    std::uniform_real_distribution<double> uniform(0, 1);
    std::vector<double> values(n);
    double level = 0;
    for (auto& v : values) {
        if (uniform(random) < 0.01) level = uniform(random) < 0.7 ? 0 : 3 * uniform(random);
        v = level * uniform(random);
    }
    return values;
}

}  // namespace

TEST_CASE("reduction fall: equals the serial recursion on every instruction set", "[simd]") {
    const double pole = GENERATE(0.0, 0.5, 0.99, 0.99999);
    constexpr std::size_t n = 4096, before = 19;
    const std::vector<double> in = bursts(n);
    std::vector<double> padded(before + n), expected;
    std::copy(in.begin(), in.end(), padded.begin() + before);
    double y = 0;
    for (const double x : in) expected.push_back(y = std::max(x, pole * y));
    const std::vector<float> rounded(padded.begin(), padded.end());
    test::on_every_isa([&] {
        std::vector<double> out(n), carry(16), carry_float(16);
        std::vector<float> out_float(n);
        for (std::size_t at = 0; at < n; at += 512) {
            run_kernel<ReductionFall>(pole, static_cast<const double*>(padded.data() + before + at), out.data() + at,
                                      std::size_t(512), carry.data());
            run_kernel<ReductionFall>(pole, static_cast<const float*>(rounded.data() + before + at),
                                      out_float.data() + at, std::size_t(512), carry_float.data());
        }
        for (std::size_t i = 0; i < n; ++i) {
            REQUIRE_THAT(out[i], WithinAbs(expected[i], 1e-8));
            REQUIRE_THAT(double(out_float[i]), WithinAbs(expected[i], 1e-6));
        }
    });
}

TEST_CASE("reduction boxes: equal three means in a row, and end at exactly nothing", "[simd]") {
    constexpr std::size_t n = 4096;
    const BoxLengths boxes{17, 18, 18, 0x1p-24 / (17 * 18 * 18)};
    constexpr std::size_t before = 17 + 18 + 18;
    std::vector<double> in = bursts(n);
    std::fill(in.end() - 100, in.end(), 0.0);
    std::vector<double> expected = in;
    for (const std::size_t length : {17, 18, 18}) {
        std::vector<double> mean(n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t k = 0; k < length && k <= i; ++k) mean[i] += expected[i - k] / static_cast<double>(length);
        expected = mean;
    }
    test::on_every_isa([&] {
        std::vector<std::uint64_t> thrice(before + n);
        std::uint64_t sums[3] = {};
        std::vector<double> out(n);
        run_kernel<ReductionBoxes>(boxes, static_cast<const double*>(in.data()), &sums[0], thrice.data() + before,
                                   out.data(), n);
        for (std::size_t i = 0; i < n; ++i) REQUIRE_THAT(out[i], WithinAbs(expected[i], 1e-7));
        CHECK(out.back() == 0);
    });
}

TEST_CASE("reduction total: counts and sums what lies above", "[simd]") {
    const std::vector<double> in = bursts(1001);
    const std::vector<float> rounded(in.begin(), in.end());
    double sum = 0, count = 0;
    for (const float v : rounded)
        if (v > 0.1f) sum += v, ++count;
    test::on_every_isa([&] {
        const ReductionTotal total = run_kernel<ReductionAbove>(rounded.data(), 0.1f, rounded.size());
        CHECK(total.count == count);
        CHECK_THAT(total.sum, WithinRel(sum, 1e-5));
    });
}
