// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/meter_scale.h"

#include <unistd.h>

#include "tests/support/catch.h"

using namespace lathe;

TEST_CASE("meter scales: EBU +9 and +18 reach as EBU Tech 3341 has them, about -23 LUFS or the target", "[meters]") {
    const MeterScale nine{LoudnessScale::ebu_9, LoudnessZero::ebu}, eighteen{LoudnessScale::ebu_18, LoudnessZero::ebu};
    CHECK(nine.range({}).low == -41);
    CHECK(nine.range(-14).high == -14);
    CHECK(eighteen.range({}).low == -59);
    CHECK(eighteen.range(-14).high == -5);
    const MeterScale own{LoudnessScale::ebu_9, LoudnessZero::target};
    CHECK(own.range(-14).low == -32);
    CHECK(own.range(-14).high == -5);
    CHECK(own.range({}).low == -41);
}

TEST_CASE("meter scales: a value is told in LU from zero, or in LUFS", "[meters]") {
    const MeterScale own{LoudnessScale::ebu_9, LoudnessZero::target}, absolute{};
    CHECK(own.text(-12.8, -14) == "+1.2\u2009LU");
    CHECK(own.text(-14.01, -14) == "0.0\u2009LU");
    CHECK(own.text(-20, {}) == "+3.0\u2009LU");
    CHECK(absolute.text(-20, -14) == "\u221220.0\u2009LUFS");
    CHECK(own.text({}, -14) == "\u2013");
}

TEST_CASE("meter scales: what was chosen is there in the next run", "[meters]") {
    std::string folder = (std::filesystem::temp_directory_path() / "lathe-preferences-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()));
    const std::filesystem::path file = std::filesystem::path(folder) / "state" / "preferences.json";
    {
        Preferences preferences(file);
        CHECK(MeterScale::kept(preferences).scale == LoudnessScale::absolute);
        MeterScale{LoudnessScale::ebu_18, LoudnessZero::ebu}.keep(preferences);
    }
    const MeterScale again = MeterScale::kept(Preferences(file));
    CHECK(again.scale == LoudnessScale::ebu_18);
    CHECK(again.zero == LoudnessZero::ebu);
    std::filesystem::remove_all(folder);
}
