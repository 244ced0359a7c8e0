// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrogram_pyramid.h"

#include <algorithm>
#include <map>

#include "tests/support/catch.h"

using namespace lathe;

TEST_CASE("spectrogram pyramid: a cell is the highest of those it stands for, on every level", "[spectrogram]") {
    constexpr int rows = 3;
    const int columns = GENERATE(0, 1, 255, 256, 257, 512, 1500, 5003), finest = GENERATE(0, 2);
    std::vector<std::uint8_t> all(static_cast<std::size_t>(columns * rows));
    unsigned random = 1;
    for (std::uint8_t& code : all) code = static_cast<std::uint8_t>((random = random * 1664525 + 1013904223) >> 24);
    std::map<int, std::vector<std::uint8_t>> levels;
    bool short_tile_was_last = true;
    SpectrogramPyramid pyramid(rows, finest, [&](int level, std::span<const std::uint8_t> tile) {
        std::vector<std::uint8_t>& held = levels[level];
        short_tile_was_last &= held.size() % (SpectrogramPyramid::tile_columns * rows) == 0;
        held.insert(held.end(), tile.begin(), tile.end());
    });
    const std::size_t cut = all.size() / 2 / rows * rows;
    pyramid.add(std::span(all).first(cut));
    pyramid.add(std::span(all).subspan(cut));
    pyramid.finish();

    CAPTURE(columns, finest);
    CHECK(short_tile_was_last);
    std::size_t expected_levels = 0;
    for (int level = 0; columns > 0; ++level) {
        const int wide = 1 << (level + finest), count = (columns + wide - 1) / wide;
        ++expected_levels;
        REQUIRE(std::ssize(levels[level]) == count * rows);
        bool right = true;
        for (int c = 0; c < count; ++c)
            for (int row = 0; row < rows; ++row) {
                int highest = 0;
                for (int k = c * wide; k < std::min(columns, (c + 1) * wide); ++k)
                    highest = std::max<int>(highest, all[static_cast<std::size_t>(k * rows + row)]);
                right &= levels[level][static_cast<std::size_t>(c * rows + row)] == highest;
            }
        CHECK(right);
        if (count <= SpectrogramPyramid::tile_columns) break;
    }
    CHECK(levels.size() == expected_levels);
}
