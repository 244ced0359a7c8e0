// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/blind_test.h"

#include <vector>

#include "tests/support/catch.h"

using namespace lathe;
using Side = BlindTest::Side;
using Catch::Matchers::WithinAbs;

namespace {

/// How many of all 2^trials ways to toss a coin give that many heads or more: counted, each way by itself.
double counted(int right, int trials) {
    long ways = 0;
    for (long toss = 0; toss < 1L << trials; ++toss)
        ways += __builtin_popcountl(static_cast<unsigned long>(toss)) >= right;
    return static_cast<double>(ways) / static_cast<double>(1L << trials);
}

}  // namespace

TEST_CASE("blind test: the chance of guessing is that of counting every way to toss a coin", "[studio]") {
    for (int trials = 0; trials <= 16; ++trials)
        for (int right = 0; right <= trials; ++right) {
            CAPTURE(trials, right);
            CHECK_THAT(chance_of(right, trials), WithinAbs(counted(right, trials), 1e-12));
        }
}

TEST_CASE("blind test: 12 of 16 is the table's 3.8 %, 60 of 100 its 2.8 %", "[studio]") {
    CHECK_THAT(chance_of(12, 16), WithinAbs(0.0384, 0.00005));
    CHECK_THAT(chance_of(60, 100), WithinAbs(0.0284, 0.00005));
    CHECK_THAT(chance_of(1000, 1000), WithinAbs(0, 1e-300));
}

TEST_CASE("blind test: a right answer counts, a wrong one does not, and the next X is hidden", "[studio]") {
    std::vector<bool> drawn{false, true, true, false};
    std::size_t next = 0;
    BlindTest test([&] { return drawn[next++]; });
    CHECK(test.hidden() == Side::a);
    CHECK(test.answer(Side::a));
    CHECK(test.hidden() == Side::b);
    CHECK_FALSE(test.answer(Side::a));
    CHECK(test.answer(Side::b));
    CHECK(test.right() == 2);
    CHECK(test.trials() == 3);
    CHECK(test.chance() == chance_of(2, 3));
}

TEST_CASE("blind test: X is A as often as B, whatever it was before; a seed gives the same again", "[studio]") {
    for (const bool is_seeded : {false, true}) {
        const auto draw = is_seeded ? BlindTest::seeded_bits(1) : BlindTest::random_bits();
        constexpr int draws = 20000;
        int ones = 0, same_as_before = 0;
        bool before = false;
        for (int i = 0; i < draws; ++i) {
            const bool now = draw();
            ones += now;
            same_as_before += now == before;
            before = now;
        }
        // Five standard deviations of a fair coin: 354 of 20000.
        CHECK(std::abs(ones - draws / 2) < 354);
        CHECK(std::abs(same_as_before - draws / 2) < 354);
    }
    const auto a = BlindTest::seeded_bits(7), b = BlindTest::seeded_bits(7), other = BlindTest::seeded_bits(8);
    std::vector<bool> x, y, z;
    for (int i = 0; i < 64; ++i) x.push_back(a()), y.push_back(b()), z.push_back(other());
    CHECK(x == y);
    CHECK(x != z);
}
