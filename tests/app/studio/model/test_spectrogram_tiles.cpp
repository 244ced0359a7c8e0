// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/spectrogram_tiles.h"

#include <unistd.h>

#include <cmath>

#include "app/studio/model/tile_choice.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;
namespace fs = std::filesystem;

namespace {

constexpr int rate = 44100;

/// The same audio in memory and in a file, in a folder that goes with the test.
class Twin {
public:
    explicit Twin(const AudioBuffer<float>& audio) : folder_(new_folder()), budget_(folder_) {
        auto kept = std::make_shared<StoredAudio<float>>(audio.channels(), budget_);
        kept->write(audio.view());
        memory = {{}, kept, rate, {}};
        file.path = folder_ / "twin.wav";
        std::vector<float> interleaved;
        for (Frames n = 0; n < audio.frames(); ++n)
            for (int c = 0; c < audio.channels(); ++c) interleaved.push_back(audio.channel(c)[n]);
        AudioWriter writer(file.path, {Container::wav, SampleFormat::float32, audio.channels(), rate, 0, 0}, {});
        writer.write_floats(interleaved.data(), audio.frames());
        writer.finish();
        writer.commit();
    }
    ~Twin() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    FileTiles of_file(const SpectrogramSettings& settings) const {
        return FileTiles({file.path, settings, folder_}, Cache(), {});
    }

    Sound memory, file;

private:
    static fs::path new_folder() {
        std::string name = (fs::temp_directory_path() / "lathe-tiles-XXXXXX").string();
        return ::mkdtemp(name.data());
    }
    fs::path folder_;
    StorageBudget budget_;
};

std::vector<SpectrogramTile> all_tiles(const SpectrogramTiles& tiles) {
    std::vector<SpectrogramTile> all;
    for (int level = 0; level < tiles.levels(); ++level)
        for (std::int64_t i = 0; i * SpectrogramPyramid::tile_columns < tiles.columns(level); ++i)
            all.push_back(tiles.tile(level, i, {}));
    return all;
}

}  // namespace

TEST_CASE("spectrogram tiles: what a render left in memory looks as it does in a file", "[studio]") {
    const Twin twin(as<float>(pink_noise(0.1, 200001, 2)));
    const SpectrogramSettings settings{SpectrumPart::sum, GENERATE(false, true)};
    const MemoryTiles memory(twin.memory, settings, {});
    const FileTiles file = twin.of_file(settings);
    CHECK(memory.levels() == 3);
    CHECK(memory.columns(0) == 782);
    CHECK(memory.columns(2) == file.columns(2));
    CHECK(memory.hop_s(2) == file.hop_s(2));
    CHECK(memory.rate() == file.rate());
    CHECK(memory.id() != file.id());
    CHECK(all_tiles(memory).size() == 4 + 2 + 1);
    CHECK(all_tiles(memory) == all_tiles(file));
}

TEST_CASE("spectrogram tiles: a request to stop is heard", "[studio]") {
    const Twin twin(as<float>(pink_noise(0.1, 200001, 2)));
    Cancel cancel;
    cancel.request();
    CHECK_THROWS_AS(MemoryTiles(twin.memory, {}, cancel), Cancelled);
}

TEST_CASE("spectrogram tiles: the loudest partial of a chord is found within 3 cents", "[studio]") {
    const double hz = GENERATE(61.3, 440.0, 452.7, 5000.0);
    AudioBuffer<double> chord = sine(hz, 0.5, rate, rate);
    const AudioBuffer<double> other = sine(1.5 * hz, 0.3, rate, rate);
    for (Frames n = 0; n < rate; ++n) chord.channel(0)[n] += other.channel(0)[n];
    const Twin twin(as<float>(chord));
    const MemoryTiles tiles(twin.memory, {}, {});
    const SpectrogramTile tile = tiles.tile(0, 0, {});
    const auto rows = static_cast<std::size_t>(tiles.rows());
    const LoudestPartial found = loudest_partial(std::span(tile).subspan(90 * rows, rows), tiles.grid());
    CHECK(std::abs(1200 * std::log2(found.hz / hz)) < 3);
    CHECK(std::abs(found.level_db + 6.02) < 0.6);
}

TEST_CASE("spectrogram tiles: silence has no loudest partial", "[studio]") {
    const std::vector<std::uint8_t> column(957, 0);
    CHECK(loudest_partial(column, spectrogram_grid(rate)).hz == 0);
}

TEST_CASE("tile choice: a pixel takes one to two columns, and the tiles reach over the whole stretch", "[studio]") {
    static const MemoryTiles tiles(Twin(as<float>(pink_noise(0.1, 60 * rate, 1))).memory, {}, {});
    const int pixels = GENERATE(200, 700, 1999);
    const double from_s = GENERATE(0.0, 7.77), to_s = GENERATE(8.0, 9.5, 60.0);
    CAPTURE(pixels, from_s, to_s);
    const TileChoice choice = choose_tiles(tiles, from_s, to_s, pixels);
    const double columns_a_pixel = (choice.to_column - choice.from_column) / pixels;
    CHECK(columns_a_pixel < 2 + 1e-9);
    CHECK((columns_a_pixel >= 1 || choice.level == 0));
    CHECK(std::abs(choice.from_column * tiles.hop_s(choice.level) - from_s) < 1e-9);
    const auto first = static_cast<double>(choice.first * SpectrogramPyramid::tile_columns);
    const auto end = static_cast<double>((choice.first + choice.count) * SpectrogramPyramid::tile_columns);
    CHECK(first <= choice.from_column);
    CHECK((end >= choice.to_column || end >= static_cast<double>(tiles.columns(choice.level))));
    CHECK(first + SpectrogramPyramid::tile_columns >= choice.from_column - 1);
}

TEST_CASE("tile choice: of a stretch before or behind the sound there is nothing to draw", "[studio]") {
    const Twin twin(as<float>(pink_noise(0.1, rate, 1)));
    const MemoryTiles tiles(twin.memory, {}, {});
    CHECK(choose_tiles(tiles, -3, -1, 500).count == 0);
    CHECK(choose_tiles(tiles, 2, 3, 500).count == 0);
    CHECK(choose_tiles(tiles, -1, 3, 500).count == 1);
}

TEST_CASE("tile choice: a coarser tile shows what the finer one does", "[studio]") {
    const Twin twin(as<float>(pink_noise(0.1, 20 * rate, 1)));
    const MemoryTiles tiles(twin.memory, {}, {});
    const TilePlace fine{0, 9}, coarse = coarser(fine, 2);
    CHECK(coarse == TilePlace{2, 2});
    const auto rows = static_cast<std::size_t>(tiles.rows());
    const SpectrogramTile a = tiles.tile(fine.level, fine.index, {}), b = tiles.tile(coarse.level, coarse.index, {});
    // Column 9 · 256 of the finest level is column 576 of the third, which begins its third tile at 512.
    std::size_t highest = 0, in_coarse = b[64 * rows + 300];
    for (std::size_t column = 0; column < 4; ++column) highest = std::max<std::size_t>(highest, a[column * rows + 300]);
    CHECK(highest == in_coarse);
}
