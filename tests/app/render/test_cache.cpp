// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/cache.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "app/render/key.h"
#include "app/render/records.h"
#include "app/render/reverb_memory.h"
#include "app/render/stored_audio.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

TEST_CASE("cache: what is kept under a key is found by any process that looks into the folder", "[cache]") {
    const Desk desk;
    const std::string key = content_hash("a"), other = content_hash("b");
    Cache(desk.path() / "cache", roomy).keep(key, "what was measured");
    const Cache cache(desk.path() / "cache", roomy);
    REQUIRE(cache.find(key).has_value());
    CHECK(cache.find(key)->record == "what was measured");
    CHECK(cache.find(key)->payload_bytes == 0);
    CHECK_FALSE(cache.find(other).has_value());
    CHECK_FALSE(Cache().find(key).has_value());
}

TEST_CASE("cache: an entry with one bit changed is no entry, and goes", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    const std::string key = content_hash("a"), record = "what was measured";
    cache.keep(key, record);
    const std::filesystem::path file = entries(desk.path() / "cache").at(0);
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(file));
    const std::streamoff place = GENERATE(0, 10, -24, -16, -8, -1);  // record; its length, checksum, the mark
    CAPTURE(place);
    flip_byte(file, place < 0 ? size + place : place);
    CHECK_FALSE(cache.find(key).has_value());
    CHECK(entries(desk.path() / "cache").empty());
}

TEST_CASE("cache: an entry cut short is no entry", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    const std::string key = content_hash("a");
    cache.keep(key, std::string(1000, 'x'));
    const std::filesystem::path file = entries(desk.path() / "cache").at(0);
    std::filesystem::resize_file(file, GENERATE(0, 7, 500, 1023));
    CHECK_FALSE(cache.find(key).has_value());
}

TEST_CASE("cache: a draft that is not kept leaves nothing; a folder that cannot be made keeps nothing", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    {
        const FileHandle draft = cache.draft();
        CHECK(static_cast<bool>(draft));
    }
    CHECK(entries(desk.path() / "cache").empty());
    const Cache nowhere("/proc/nowhere", roomy);
    CHECK_FALSE(static_cast<bool>(nowhere.draft()));
    nowhere.keep(content_hash("a"), "x");
    CHECK_FALSE(nowhere.find(content_hash("a")).has_value());
    nowhere.trim();
}

TEST_CASE("cache: trimmed, it keeps what was used last, within its limit", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", 3500);
    std::vector<std::string> keys;
    for (int i = 0; i < 5; ++i) {
        keys.push_back(content_hash(std::to_string(i)));
        cache.keep(keys.back(), std::string(1000, 'x'));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the order of use is the files' times
    }
    CHECK(cache.find(keys[0]).has_value());  // used again: now the last
    cache.trim();
    CHECK(cache.find(keys[0]).has_value());
    CHECK_FALSE(cache.find(keys[1]).has_value());
    CHECK_FALSE(cache.find(keys[2]).has_value());
    CHECK(cache.find(keys[3]).has_value());
    CHECK(cache.find(keys[4]).has_value());
}

TEST_CASE("stored audio: kept in a cache, it comes back bit for bit, whatever stays in memory", "[cache]") {
    const Frames budget_bytes = GENERATE(0, 1 << 20, 1 << 26), frames = GENERATE(1, 65536, 200003);
    CAPTURE(budget_bytes, frames);
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    StorageBudget budget(desk.path() / "spill", budget_bytes);
    const AudioBuffer<float> audio = as<float>(noise(0.3, frames, 2));
    const std::string key = content_hash("audio");
    {
        StoredAudio<float> stored(2, budget, &cache);
        stored.write(audio.view());
        stored.keep(key, {{"name", "song"}});
    }
    nlohmann::json record;
    const auto found = StoredAudio<float>::find(cache, key, budget, record);
    REQUIRE(found);
    CHECK(record.at("name") == "song");
    REQUIRE(found->frames() == frames);
    REQUIRE(found->load());
    AudioBuffer<float> read(2, frames);
    found->read(0, read.view());
    for (int c = 0; c < 2; ++c) CHECK(std::equal(read.channel(c), read.channel(c) + frames, audio.channel(c)));
    CHECK_FALSE(StoredAudio<double>::find(cache, key, budget, record));
}

TEST_CASE("stored audio: one changed bit in a kept sample is seen before it is heard", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    StorageBudget budget(desk.path() / "spill", 0);
    const std::string key = content_hash("audio");
    {
        StoredAudio<float> stored(2, budget, &cache);
        stored.write(as<float>(noise(0.3, 200003, 2)).view());
        stored.keep(key, nullptr);
    }
    flip_byte(entries(desk.path() / "cache").at(0), GENERATE(0, 700001, 1500000));
    nlohmann::json record;
    const auto found = StoredAudio<float>::find(cache, key, budget, record);
    REQUIRE(found);
    CHECK_FALSE(found->load());
}

TEST_CASE("records: loudness and a witness come back to the bit", "[cache]") {
    const LoudnessBlocks loudness{{0.1, 1.0 / 3, 5e-324, 0}, 0.7, 1e-300};
    const LoudnessBlocks again = loudness_from(unpacked(packed(record_of(loudness))));
    CHECK(again.steps == loudness.steps);
    CHECK(again.momentary_max_power == loudness.momentary_max_power);
    CHECK(again.short_term_max_power == loudness.short_term_max_power);
    Witness witness(1000, 44100), copy(1000, 44100);
    StageWitness& eq = witness.add_stage("eq");
    eq.part().add(1.0 / 3e7);
    eq.hear<double>(sine(1000, 0.1, 44100, 4096).view());
    include_record(unpacked(packed(record_of(witness))), copy);
    CHECK(copy.rms() == witness.rms());
    CHECK(copy.stages().front().power() == witness.stages().front().power());
    CHECK(unpacked("no record").is_null());
}

TEST_CASE("reverb memory: responses come back to the bit, and damaged ones are made again", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    int made = 0;
    const auto make = [&] {
        ++made;
        PreparedReverb reverb{FirMatrix(2, 1), 4321};
        reverb.matrix.at(0, 0) = {{0.1, 1.0 / 3, 5e-324}, 1};
        reverb.matrix.at(1, 0) = {{-1e300, 0}, -7};
        return reverb;
    };
    for (int round = 0; round < 2; ++round) {
        const PreparedReverb reverb = remembered_reverb(cache, "hall", make);
        CHECK(made == 1);
        CHECK(reverb.tail == 4321);
        CHECK(reverb.matrix.at(0, 0).taps == make().matrix.at(0, 0).taps);
        CHECK(reverb.matrix.at(1, 0).taps == make().matrix.at(1, 0).taps);
        CHECK(reverb.matrix.at(0, 0).origin == 1);
        CHECK(reverb.matrix.at(1, 0).origin == -7);
        made = 1;
    }
    remembered_reverb(cache, "room", make);
    CHECK(made == 2);
    for (const auto& file : entries(desk.path() / "cache")) flip_byte(file, 3);
    remembered_reverb(cache, "hall", make);
    CHECK(made == 3);
    remembered_reverb(Cache(), "hall", make);
    CHECK(made == 4);
}
