// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/spectrogram_file.h"

#include <algorithm>

#include "dsp/core/error.h"
#include "dsp/measure/spectrogram_pyramid.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;
namespace fs = std::filesystem;

namespace {

using Tiles = std::vector<std::vector<std::uint8_t>>;

Tiles tiles_of(FileSpectrogram& file) {
    Tiles tiles;
    for (int level = 0; level < file.levels(); ++level)
        for (std::int64_t k = 0; k * SpectrogramPyramid::tile_columns < file.columns(level); ++k)
            tiles.push_back(file.tile(level, k, {}));
    return tiles;
}

}  // namespace

TEST_CASE("spectrogram file: what the cache kept is what was measured; other settings or content are another entry",
          "[render]") {
    const Desk desk;
    const fs::path song = desk.path() / "song.wav";
    desk.write("song.wav", pink_noise(0.1, 300000, 2), 44100);
    const Cache cache(desk.path() / "cache", 1'000'000'000);
    const FileSpectrogram::Settings settings{song, {}, desk.path()};
    FileSpectrogram cold(settings, cache, {}), warm(settings, cache, {}), bare(settings, Cache(), {});
    CHECK(!cold.was_kept());
    CHECK(warm.was_kept());
    CHECK(!bare.was_kept());
    CHECK(warm.columns(0) == 1172);
    CHECK(warm.levels() == 4);
    CHECK(warm.columns(3) == 147);
    CHECK(warm.hop_s(3) == 8 * 256 / 44100.0);
    const Tiles tiles = tiles_of(cold);
    CHECK(tiles.size() == 5 + 3 + 2 + 1);
    CHECK(tiles.back().size() == static_cast<std::size_t>(147 * warm.grid().count));
    CHECK(tiles_of(warm) == tiles);
    CHECK(tiles_of(bare) == tiles);

    CHECK(!FileSpectrogram({song, {SpectrumPart::mid, false}, desk.path()}, cache, {}).was_kept());
    CHECK(!FileSpectrogram({song, {SpectrumPart::sum, true}, desk.path()}, cache, {}).was_kept());
    desk.write("song.wav", pink_noise(0.1, 300000, 2, 7), 44100);
    CHECK(!FileSpectrogram(settings, cache, {}).was_kept());
    CHECK(entries(desk.path() / "cache").size() == 4);
}

TEST_CASE("spectrogram file: a damaged entry is measured again and kept whole", "[render]") {
    const Desk desk;
    desk.write("song.wav", pink_noise(0.1, 300000, 2), 44100);
    const Cache cache(desk.path() / "cache", 1'000'000'000);
    const FileSpectrogram::Settings settings{desk.path() / "song.wav", {}, desk.path()};
    FileSpectrogram first(settings, cache, {});
    const Tiles tiles = tiles_of(first);
    const std::vector<fs::path> kept = entries(desk.path() / "cache");
    REQUIRE(kept.size() == 1);
    const bool in_record = GENERATE(false, true);
    flip_byte(kept[0], in_record ? static_cast<std::int64_t>(fs::file_size(kept[0])) - 40 : 500'000);
    FileSpectrogram second(settings, cache, {});
    CHECK(second.was_kept() == !in_record);
    CHECK(tiles_of(second) == tiles);
    CHECK(!second.was_kept());
    FileSpectrogram third(settings, cache, {});
    CHECK(third.was_kept());
    CHECK(tiles_of(third) == tiles);
    CHECK(third.was_kept());
}

TEST_CASE("spectrogram file: of a very long file there are no more than 2^19 columns, the highest of those left out",
          "[render]") {
    const Desk desk;
    constexpr Frames seconds = 2200;  // at 8 kHz, 250 columns a second
    {
        AudioWriter writer(desk.path() / "long.wav", {Container::wav, SampleFormat::float32, 1, 8000}, {});
        const std::vector<float> silence(8000);
        for (Frames n = 0; n + 4 < seconds; ++n) writer.write_floats(silence.data(), 8000);
        writer.write_floats(as<float>(sine(1000, 0.5, 8000, 4 * 8000)).channel(0), 4 * 8000);
        writer.finish();
        writer.commit();
    }
    FileSpectrogram file({desk.path() / "long.wav", {}, desk.path()}, Cache(), {});
    CHECK(file.columns(0) == seconds * 250 / 2);
    CHECK(std::abs(file.hop_s(0) - 0.008) < 1e-12);
    CHECK(file.levels() == 12);
    const std::vector<std::uint8_t> last = file.tile(11, 0, {});
    const int row = static_cast<int>(std::lround(file.grid().point(1000)));
    const auto end = static_cast<std::size_t>((file.columns(11) - 1) * file.grid().count + row);
    CHECK(std::abs(spectrogram_db(last.at(end)) + 6) <= 0.5);
    CHECK(last.at(static_cast<std::size_t>(row)) == 0);
}

TEST_CASE("spectrogram file: a request to stop is heard, and nothing is kept", "[render]") {
    const Desk desk;
    desk.write("song.wav", pink_noise(0.1, 300000, 2), 44100);
    const Cache cache(desk.path() / "cache", 1'000'000'000);
    Cancel cancel;
    cancel.request();
    CHECK_THROWS_AS(FileSpectrogram({desk.path() / "song.wav", {}, desk.path()}, cache, cancel), Cancelled);
    CHECK(entries(desk.path() / "cache").empty());
}
