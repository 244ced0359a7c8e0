// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/remembered_hash.h"

#include <chrono>
#include <fstream>
#include <thread>

#include "app/media/audio_file.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;
using namespace std::chrono_literals;

namespace {

auto a_minute_on() { return std::chrono::system_clock::now() + 60s; }

/// Large enough that it is worth remembering.
std::filesystem::path large_file(const Desk& desk, char letter) {
    const std::filesystem::path path = desk.path() / "large.bin";
    std::ofstream(path) << std::string(std::size_t{16} << 20, letter);
    return path;
}

}  // namespace

TEST_CASE("remembered hash: a file that has not changed is not read again", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    const std::filesystem::path file = large_file(desk, 'a');
    CHECK(remembered_content_hash(file, cache, a_minute_on()) == content_hash_of_file(file));
    const auto kept = entries(desk.path() / "cache");
    REQUIRE(kept.size() == 1);
    cache.keep(kept.front().filename().string(), "what was remembered");
    CHECK(remembered_content_hash(file, cache, a_minute_on()) == "what was remembered");
}

TEST_CASE("remembered hash: one that was written over is read, whatever its length and date say", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    const std::filesystem::path file = large_file(desk, 'a');
    const auto date = std::filesystem::last_write_time(file);
    const std::string first = remembered_content_hash(file, cache, a_minute_on());
    std::this_thread::sleep_for(50ms);  // the system's clock counts times of change by some 4 ms
    large_file(desk, 'b');
    std::filesystem::last_write_time(file, date);
    CHECK(remembered_content_hash(file, cache, a_minute_on()) != first);
    CHECK(remembered_content_hash(file, cache, a_minute_on()) == content_hash_of_file(file));
}

TEST_CASE("remembered hash: of a file that has just changed nothing is remembered, for it may again", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    const std::filesystem::path file = large_file(desk, 'a');
    CHECK(remembered_content_hash(file, cache) == content_hash_of_file(file));
    CHECK(entries(desk.path() / "cache").empty());
}

TEST_CASE("remembered hash: a short file is read sooner than it is looked up", "[cache]") {
    const Desk desk;
    const Cache cache(desk.path() / "cache", roomy);
    remembered_content_hash(desk.path() / "a.wav", cache, a_minute_on());
    CHECK(entries(desk.path() / "cache").empty());
}
