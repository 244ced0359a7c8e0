// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/time_point.h"

#include <random>

#include "tests/support/catch.h"

namespace lathe {

TEST_CASE("time: every form the album file takes names its place", "[core]") {
    CHECK(parse_time("1.5") == TimePoint{1.5});
    CHECK(parse_time("0:00.350") == TimePoint{0.35});
    CHECK(parse_time("1:02") == TimePoint{62});
    CHECK(parse_time("75:30.25") == TimePoint{4530.25});
    CHECK(parse_time("1:02:03.5") == TimePoint{3723.5});
    CHECK(parse_time("441000s") == TimePoint{0, 441000});
    CHECK(parse_time("0s") == TimePoint{0, 0});
}

TEST_CASE("time: what is none of the forms, or negative, or unclear, is no time", "[core]") {
    for (const char* text :
         {"",          "s",     ":",       "-1",     "-1s",       "1.5s", "1e3",  "1:5",
          "1:60",      "1:005", "1:60:00", "1:2:03", "1:02.5:03", "0:",   ":30",  "1.",
          ".5",        "1,5",   " 1",      "1 ",     "nan",       "inf",  "0x10", "99999999999999999999s",
          "1:02:03:04"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_time(text).has_value());
    }
}

TEST_CASE("time: samples name the same sample at every rate, seconds the nearest frame", "[core]") {
    CHECK(TimePoint{0, 441000}.frame_at(44100) == 441000);
    CHECK(TimePoint{0, 441000}.frame_at(96000) == 441000);
    CHECK(TimePoint{1.5}.frame_at(44100) == 66150);
    CHECK(TimePoint{0.35}.frame_at(44100) == 15435);
}

TEST_CASE("time: its text reads back as the same time, bit for bit", "[core]") {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> exponent(-12, 12);
    for (int i = 0; i < 2000; ++i) {
        const TimePoint time{std::pow(10.0, exponent(random))};
        CAPTURE(time.seconds, to_text(time));
        CHECK(parse_time(to_text(time)) == time);
    }
    for (const Frames samples : {Frames{0}, Frames{1}, Frames{441000}, Frames{1} << 40})
        CHECK(parse_time(to_text({0, samples})) == TimePoint{0, samples});
    CHECK(to_text({90}) == "90");
}

}  // namespace lathe
