// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/simd/triples.h"

#include <vector>

#include "dsp/core/random.h"
#include "dsp/simd/isa.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"

using namespace lathe;

TEST_CASE("triples: three bytes are the upper three of four, both ways, on every instruction set", "[simd]") {
    constexpr unsigned char untouched = 0xA5;
    const std::size_t count = GENERATE(range(0, 20), 4096);
    const CounterRandom random(3);
    std::vector<unsigned char> bytes(3 * count);
    std::vector<std::int32_t> integers(count), with_more(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = static_cast<std::uint32_t>(random.bits(i));
        integers[i] = static_cast<std::int32_t>(bits & 0xFFFFFF00u);
        with_more[i] = static_cast<std::int32_t>(bits);
        for (std::size_t b = 0; b < 3; ++b) bytes[3 * i + b] = static_cast<unsigned char>(bits / (256u << (8 * b)));
    }
    test::on_every_isa([&] {
        CAPTURE(count);
        std::vector<unsigned char> packed(3 * count + 1, untouched);
        std::vector<std::int32_t> unpacked(count + 1, untouched);
        run_kernel<PackTriples>(with_more.data(), packed.data(), count);
        run_kernel<UnpackTriples>(bytes.data(), unpacked.data(), count);
        CHECK(packed.back() == untouched);
        CHECK(unpacked.back() == untouched);
        packed.pop_back(), unpacked.pop_back();
        CHECK(packed == bytes);
        CHECK(unpacked == integers);
    });
}
