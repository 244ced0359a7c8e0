// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "app/studio/model/analyses.h"
#include "tests/support/catch.h"

using namespace lathe;

TEST_CASE("sound: one render's audio is never taken for another's, also where it lies in the same memory", "[studio]") {
    StorageBudget budget("");
    std::set<std::string> keys;
    for (int render = 0; render < 8; ++render)
        keys.insert(Sound{{}, std::make_shared<const StoredAudio<float>>(2, budget), 44100, {}}.key());
    CHECK(keys.size() == 8);
}
