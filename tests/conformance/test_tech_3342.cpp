// SPDX-License-Identifier: GPL-3.0-or-later
// EBU Tech 3342, Table 1: the synthetic signals for loudness range, cases 1 to 4, at every usual rate.
#include <cmath>
#include <string>

#include "tests/conformance/programme.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;

TEST_CASE("loudness range: tones of two to five levels (EBU Tech 3342, cases 1 to 4)", "[conformance]") {
    struct Case {
        int number;
        double range_lu;
        std::vector<double> levels_db;
    };
    const double rate = GENERATE(44100.0, 48000.0, 96000.0, 192000.0);
    const Case c = GENERATE(Case{1, 10, {-20, -30}}, Case{2, 5, {-20, -15}}, Case{3, 20, {-40, -20}},
                            Case{4, 15, {-50, -35, -20, -35, -50}});
    CAPTURE(rate, c.number);
    std::vector<test::Segment> segments;
    for (const double level : c.levels_db) segments.push_back({20, level});
    const double range = loudness_range_lu(test::metered(rate, segments)).value();
    CHECK_THAT(range, WithinAbs(c.range_lu, 1));
    const double error = std::abs(range - test::IdealReading(rate, segments).loudness_range_lu());
    CHECK(error < test::record("Loudness range", "EBU Tech 3342 case " + std::to_string(c.number),
                               "exact range of the tone's levels", 0.01, error, "LU"));
}
