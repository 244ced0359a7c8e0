// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/analyses.h"

#include <chrono>
#include <future>

#include "dsp/core/error.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace std::chrono_literals;

TEST_CASE("analyses: what was asked for is there once it is told to have landed", "[studio]") {
    std::promise<void> landed;
    Analyses analyses(Cache(), [&] { landed.set_value(); });
    const auto ask = [&] {
        return analyses.value<int>("seven", [](const Cancel&) { return std::make_shared<const int>(7); });
    };
    analyses.begin_frame();
    ask();
    REQUIRE(landed.get_future().wait_for(60s) == std::future_status::ready);
    const auto found = ask();
    REQUIRE(found);
    CHECK(*found == 7);
}

TEST_CASE("analyses: that something cannot be had is told too, with why", "[studio]") {
    std::promise<void> landed;
    Analyses analyses(Cache(), [&] { landed.set_value(); });
    analyses.begin_frame();
    analyses.value<int>("none", [](const Cancel&) -> std::shared_ptr<const int> { throw InputError("no such thing"); });
    REQUIRE(landed.get_future().wait_for(60s) == std::future_status::ready);
    CHECK(analyses.why_none("none") == "no such thing");
}
