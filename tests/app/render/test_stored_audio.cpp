// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/stored_audio.h"

#include "dsp/core/error.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

TEST_CASE("stored audio: reads back every bit, from memory, from the disk, and from both", "[render]") {
    // A block of 65536 frames of two floats is 512 KiB: none, two or all of four blocks fit.
    const Frames budget_bytes = GENERATE(0, 1 << 20, 1 << 26);
    const Frames cut = GENERATE(999, 65536, 200003);
    CAPTURE(budget_bytes, cut);
    const Desk desk;
    StorageBudget budget(desk.path() / "spill", budget_bytes);
    const AudioBuffer<float> audio = as<float>(noise(0.3, 200003, 2));
    {
        StoredAudio<float> stored(2, budget);
        for (Frames n = 0; n < audio.frames(); n += cut)
            stored.write(audio.view().slice(n, std::min(cut, audio.frames() - n)));
        REQUIRE(stored.frames() == audio.frames());
        for (const Frames from : {Frames{0}, Frames{65530}, Frames{131072}, Frames{199000}}) {
            AudioBuffer<float> part(2, 1003);
            stored.read(from, part.view());
            for (int c = 0; c < 2; ++c)
                CHECK(std::equal(part.channel(c), part.channel(c) + 1003, audio.channel(c) + from));
        }
        CHECK(budget.bytes_left() < budget_bytes + (budget_bytes == 0));
    }
    CHECK(budget.bytes_left() == budget_bytes);  // given back
    if (std::filesystem::exists(desk.path() / "spill")) CHECK(std::filesystem::is_empty(desk.path() / "spill"));
}

TEST_CASE("stored audio: a folder that cannot be written is told with its name", "[render]") {
    StorageBudget budget("/proc/nowhere", 0);
    StoredAudio<float> stored(1, budget);
    CHECK_THROWS_AS(stored.write(as<float>(noise(0.1, 70000)).view()), SystemError);
}

TEST_CASE("storage budget: what is given back is lent again, and makes room for other sizes", "[render]") {
    constexpr std::size_t block = 1 << 19;
    StorageBudget budget("", 2 * block);
    void *const first = budget.take(block), *const second = budget.take(block);
    REQUIRE(first != nullptr);
    REQUIRE(second != nullptr);
    CHECK(budget.bytes_left() == 0);
    CHECK(budget.take(64) == nullptr);
    budget.give_back(first, block);
    CHECK(budget.take(block) == first);
    budget.give_back(first, block);
    CHECK(budget.bytes_left() == block);
    void* const other = budget.take(block / 2);
    CHECK(other != nullptr);
    budget.give_back(other, block / 2);
    budget.give_back(second, block);
    CHECK(budget.bytes_left() == 2 * block);
}
