// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/axis.h"

#include <cmath>

#include "tests/support/catch.h"

using namespace lathe;

namespace {

std::string labels(const Axis& axis) {
    std::string all = axis.title + ":";
    for (const Tick& tick : axis.ticks)
        if (!tick.label.empty()) all += " " + tick.label;
    return all;
}

}  // namespace

TEST_CASE("axis: times are labelled as a clock shows them, in round steps", "[plot]") {
    CHECK(labels(time_axis({0, 2}, 12)) == "time in s: 0.0 0.2 0.4 0.6 0.8 1.0 1.2 1.4 1.6 1.8 2.0");
    CHECK(labels(time_axis({61.25, 61.3}, 12)) ==
          "time in s: 61.250 61.255 61.260 61.265 61.270 61.275 61.280 61.285 "
          "61.290 61.295 61.300");
    CHECK(labels(time_axis({0, 318.2}, 12)) == "time in m:ss: 0:00 0:30 1:00 1:30 2:00 2:30 3:00 3:30 4:00 4:30 5:00");
    CHECK(labels(time_axis({0, 3700}, 12)) == "time in h:mm: 0:00 0:10 0:20 0:30 0:40 0:50 1:00");
    CHECK(labels(time_axis({3600, 3700}, 12)) ==
          "time in h:mm:ss: 1:00:00 1:00:10 1:00:20 1:00:30 1:00:40 1:00:50 "
          "1:01:00 1:01:10 1:01:20 1:01:30 1:01:40");
    CHECK(labels(time_axis({0, 36000}, 12)) == "time in h:mm: 0:00 1:00 2:00 3:00 4:00 5:00 6:00 7:00 8:00 9:00 10:00");
    CHECK(labels(time_axis({0, 1 / 44100.0}, 12)).starts_with("time in s: 0.000"));
}

TEST_CASE("axis: frequencies lie where their logarithm does; 1, 2 and 5 of a decade are labelled", "[plot]") {
    const Axis axis = frequency_axis({20, 20000});
    CHECK(labels(axis) == "frequency in Hz: 20 50 100 200 500 1k 2k 5k 10k 20k");
    for (const Tick& tick : axis.ticks)
        if (tick.label == "200") CHECK(std::abs(tick.at - 1.0 / 3) < 1e-12);
}

TEST_CASE("axis: levels are labelled every 10 dB from one end to the other", "[plot]") {
    CHECK(labels(linear_axis({-90, 0}, "level")) == "level: −90 −80 −70 −60 −50 −40 −30 −20 −10 0");
    CHECK(labels(linear_axis({-45, 10}, "level")) == "level: −40 −30 −20 −10 0 10");
}
