// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/level_file.h"

#include <cstring>

#include "app/render/measure_file.h"
#include "dsp/core/decibel.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

bool same(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

void check_same(const LevelHistory& a, const LevelHistory& b) {
    CHECK(a.rate == b.rate);
    CHECK(a.frames == b.frames);
    CHECK(a.blocks.steps == b.blocks.steps);
    CHECK(a.blocks.momentary_max_power == b.blocks.momentary_max_power);
    CHECK(same(a.loudness.momentary_lufs, b.loudness.momentary_lufs));
    CHECK(same(a.loudness.short_term_lufs, b.loudness.short_term_lufs));
    CHECK(same(a.stereo.correlation, b.stereo.correlation));
    CHECK(same(a.stereo.width, b.stereo.width));
    for (std::size_t i = 0; i < a.band_correlation.size(); ++i)
        CHECK(same(a.band_correlation[i], b.band_correlation[i]));
    REQUIRE(a.channels.size() == b.channels.size());
    REQUIRE(b.true_peak.size() == a.channels.size());
    REQUIRE(b.waveforms.size() == a.channels.size());
    for (std::size_t c = 0; c < a.channels.size(); ++c) {
        CHECK(same(a.true_peak[c], b.true_peak[c]));
        CHECK(same(a.channels[c].sample_peak, b.channels[c].sample_peak));
        CHECK(same(a.channels[c].rms, b.channels[c].rms));
        CHECK(same(a.channels[c].dc_offset, b.channels[c].dc_offset));
        REQUIRE(a.waveforms[c].levels.size() == b.waveforms[c].levels.size());
        CHECK(a.waveforms[c].frames == b.waveforms[c].frames);
        for (std::size_t k = 0; k < a.waveforms[c].levels.size(); ++k) {
            CHECK(a.waveforms[c].levels[k].cell_frames == b.waveforms[c].levels[k].cell_frames);
            CHECK(same(a.waveforms[c].levels[k].low, b.waveforms[c].levels[k].low));
            CHECK(same(a.waveforms[c].levels[k].high, b.waveforms[c].levels[k].high));
            CHECK(same(a.waveforms[c].levels[k].rms, b.waveforms[c].levels[k].rms));
        }
    }
}

}  // namespace

TEST_CASE("level file: what the cache gives back is, to the bit, what was measured", "[levels]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    const std::string name = GENERATE("a.wav", "mono.wav");
    const std::filesystem::path file = desk.path() / name;
    const LevelHistory without = levels_of_file(file, MonoWeight::single, {}, {}).history;
    const LevelHistory cold = levels_of_file(file, MonoWeight::single, cache, {}).history;
    REQUIRE(entries(desk.path() / "cache").size() == 1);
    const FileLevels warm = levels_of_file(file, MonoWeight::single, cache, {});
    CHECK(entries(desk.path() / "cache").size() == 1);
    check_same(cold, without);
    check_same(warm.history, without);
    CHECK(warm.info.path == file);
    CHECK(without.hops() == (name == "a.wav" ? 300 : 200));
}

TEST_CASE("level file: a damaged entry is measured again, and another file or weight is another entry", "[levels]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    const std::filesystem::path file = desk.path() / "mono.wav";
    const LevelHistory cold = levels_of_file(file, MonoWeight::single, cache, {}).history;
    const std::filesystem::path entry = entries(desk.path() / "cache").at(0);
    flip_byte(entry, GENERATE(2, 4000));
    check_same(levels_of_file(file, MonoWeight::single, cache, {}).history, cold);
    levels_of_file(desk.path() / "b.wav", MonoWeight::single, cache, {});
    CHECK(entries(desk.path() / "cache").size() == 2);
    const LevelHistory dual = levels_of_file(file, MonoWeight::dual, cache, {}).history;
    CHECK(entries(desk.path() / "cache").size() == 3);
    CHECK_THAT(integrated_lufs(dual.blocks).value() - integrated_lufs(cold.blocks).value(),
               WithinAbs(db_from_power(2), 1e-9));
}

TEST_CASE("level file: its maxima are those of the file's measurement", "[levels]") {
    const Desk desk;
    const FileMeasurement whole = measure_file(desk.path() / "a.wav", MonoWeight::single, {});
    const LevelHistory history = levels_of_file(desk.path() / "a.wav", MonoWeight::single, {}, {}).history;
    CHECK(integrated_lufs(history.blocks) == whole.integrated_lufs);
    CHECK(momentary_max_lufs(history.blocks) == whole.momentary_max_lufs);
    float peak = 0;
    for (const float value : history.largest_true_peak()) peak = std::max(peak, value);
    CHECK_THAT(db_from_gain(peak), WithinAbs(whole.true_peak_dbtp.value(), 1e-6));
}
