// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/render/production.h"
#include "app/render/stored_audio.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr Frames block_frames = 1 << 16;

/// What this process's unlinked working files in a folder take up.
Frames bytes_on_disk(const std::filesystem::path& folder) {
    Frames bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const std::string target = std::filesystem::read_symlink(entry.path(), gone).string();
        struct stat file {};
        if (!gone && target.starts_with((folder / "lathe-").string()) && ::stat(entry.path().c_str(), &file) == 0)
            bytes += file.st_blocks * 512;
    }
    return bytes;
}

template <class Sample>
bool are_equal(AudioView<const Sample> a, AudioView<const Sample> b) {
    if (a.frames != b.frames || a.channels != b.channels) return false;
    for (int c = 0; c < a.channels; ++c)
        if (!std::equal(a.channel(c), a.channel(c) + a.frames, b.channel(c))) return false;
    return true;
}

/// Reads it all in steps that fall on no block's border.
AudioBuffer<float> read_through(StoredAudio<float>& stored, Reading reading) {
    AudioBuffer<float> all(stored.channels(), stored.frames());
    StoredSource<float> source(stored, reading);
    constexpr Frames step = 50001;
    for (Frames n = 0; n < all.frames(); n += step) source.read(all.view().slice(n, std::min(step, all.frames() - n)));
    return all;
}

}  // namespace

TEST_CASE("last reading: gives every bit, and the working file's room back behind the reader", "[render]") {
    const Frames blocks_in_memory = GENERATE(0, 2);
    const Desk desk;
    const std::filesystem::path spill = desk.path() / "spill";
    const Frames block_bytes = block_frames * 2 * Frames{sizeof(float)};
    StorageBudget budget(spill, blocks_in_memory * block_bytes);
    const AudioBuffer<float> audio = as<float>(noise(0.3, 5 * block_frames + 77, 2));
    StoredAudio<float> stored(2, budget);
    stored.write(audio.view());
    REQUIRE(bytes_on_disk(spill) == (5 - blocks_in_memory) * block_bytes);
    CHECK(are_equal<float>(read_through(stored, Reading::again).view(), audio.view()));
    REQUIRE(stored.load());
    CHECK(are_equal<float>(read_through(stored, Reading::last).view(), audio.view()));
    CHECK(bytes_on_disk(spill) == 0);
    CHECK_FALSE(stored.load());
}

TEST_CASE("last reading: what lies in memory alone, or in a cache, stays", "[render]") {
    const Desk desk;
    const bool is_kept = GENERATE(false, true);
    StorageBudget budget(desk.path() / "spill", is_kept ? 0 : Frames{1} << 24);
    const AudioBuffer<float> audio = as<float>(noise(0.3, 3 * block_frames, 2));
    const Cache cache(desk.path() / "cache", roomy);
    StoredAudio<float> stored(2, budget, is_kept ? &cache : nullptr);
    stored.write(audio.view());
    if (is_kept) stored.keep("key", {});
    read_through(stored, Reading::last);
    REQUIRE(stored.load());
    CHECK(are_equal<float>(read_through(stored, Reading::last).view(), audio.view()));
    if (!is_kept) return;
    nlohmann::json record;
    const auto found = StoredAudio<float>::find(cache, "key", budget, record);
    REQUIRE(found);
    CHECK(found->load());
}

TEST_CASE("last reading: a run behind it starts at the sources, and gives the same samples", "[render]") {
    const Desk desk;
    const Album album = desk.album(
        "[[chain]]\ntype = \"eq\"\nbands = [ { type = \"bell\", hz = 300, gain_db = 2, q = 1 } ]\n"
        "[[chain]]\ntype = \"limiter\"\n[[track]]\nsource = \"a.wav\"\n[[deliver]]\ndir = \"out\"\n");
    RenderOptions options;
    options.spill_folder = desk.path() / "spill";
    Production<float> production(album, options);
    StorageBudget budget(options.spill_folder, 0);
    StageClock clock;
    Progress progress;
    const Cancel cancel;
    const auto engine = cpu_engine<float>();
    MasterRunner<float> runner(*engine, options.cache, budget, clock, progress, cancel, production.mono());
    MasterJob<float>& job = production.main_jobs(album.masters.front()).front();
    job.stored = runner.to_gain_point(job, false);
    StoredAudio<float> last(2, budget), behind(2, budget);
    runner.run(job, 3, last, nullptr, Reading::last);
    CHECK_FALSE(job.stored->audio->load());
    runner.run(job, 3, behind, nullptr, Reading::last);
    CHECK(last.frames() == job.frames_out());
    CHECK(are_equal<float>(read_through(last, Reading::again).view(), read_through(behind, Reading::again).view()));
}
