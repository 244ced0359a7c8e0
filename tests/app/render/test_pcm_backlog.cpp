// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/pcm_backlog.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "dsp/threads/in_parallel.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

constexpr Frames block_frames = 100;
constexpr int channels = 2;

/// Hands on so many blocks of numbers that go up by one, each from memory that is used again at once.
void add_blocks(PcmBacklog& backlog, int count) {
    std::vector<std::int32_t> samples(block_frames * channels);
    for (int b = 0; b < count; ++b) {
        std::iota(samples.begin(), samples.end(), static_cast<std::int32_t>(b * std::ssize(samples)));
        backlog.add({samples.data(), nullptr, block_frames, channels});
    }
}

}  // namespace

TEST_CASE("PCM backlog: every block is taken, whole and in order, whatever other work the threads have", "[render]") {
    std::vector<std::int32_t> taken;
    bool are_integers = true;
    PcmBacklog backlog([&](const PcmBlock& block) {
        are_integers &= !block.floats;
        taken.insert(taken.end(), block.integers, block.integers + block.frames * block.channels);
    });
    isolated([&] {
        at_once([&] { add_blocks(backlog, 5000); },
                [] {
                    in_parallel(5000, [](std::size_t) {
                        volatile double x = 1;
                        for (int i = 0; i < 999; ++i) x = x * 0.999;
                    });
                });
    });
    backlog.finish();
    CHECK(are_integers);
    REQUIRE(taken.size() == 5000 * block_frames * channels);
    std::vector<std::int32_t> expected(taken.size());
    std::iota(expected.begin(), expected.end(), 0);
    CHECK(taken == expected);
}

TEST_CASE("PCM backlog: a failure ends the taking and reaches whoever adds or finishes", "[render]") {
    int taken = 0;
    PcmBacklog backlog([&](const PcmBlock&) {
        if (++taken == 10) throw std::runtime_error("the disk is full");
    });
    CHECK_THROWS_WITH(add_blocks(backlog, 100000), "the disk is full");
    CHECK_THROWS_WITH(backlog.finish(), "the disk is full");
    CHECK(taken == 10);
}
