// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// The pages of an Ogg file: where each begins, and the file's end.
std::vector<std::size_t> pages_of(const std::string& bytes) {
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < bytes.size();) {
        REQUIRE(bytes.compare(at, 4, "OggS") == 0);
        starts.push_back(at);
        const auto segments = static_cast<unsigned char>(bytes[at + 26]);
        std::size_t next = at + 27 + segments;
        for (std::size_t i = 0; i < segments; ++i) next += static_cast<unsigned char>(bytes[at + 27 + i]);
        at = next;
    }
    starts.push_back(bytes.size());
    return starts;
}

/// Marks a page as the last of its stream, and sums it up anew (RFC 3533, bit by bit).
void mark_as_last(std::string& bytes, std::size_t from, std::size_t to) {
    bytes[from + 5] = static_cast<char>(bytes[from + 5] | 4);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(from) + 22, 4, 0);
    std::uint32_t crc = 0;
    for (std::size_t i = from; i < to; ++i) {
        crc ^= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << 24;
        for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7u : 0u);
    }
    for (std::size_t i = 0; i < 4; ++i) bytes[from + 22 + i] = static_cast<char>(crc >> (8 * i));
}

}  // namespace

TEST_CASE("a Vorbis source whose decoding stops early is mastered whole, and the silent end is told", "[e2e]") {
    const std::string target = GENERATE(false, true) ? "loudness_lufs = -20\n" : "";
    const TemporaryFolder folder;
    write_audio(folder / "in.ogg", noise(0.1, 3 * 44100, 2, 3), 44100, Container::vorbis, SampleFormat::lossy);
    std::string bytes = read_text(folder / "in.ogg");
    const auto pages = pages_of(bytes);
    REQUIRE(pages.size() > 5);
    mark_as_last(bytes, pages[pages.size() - 3], pages[pages.size() - 2]);
    write_text(folder / "in.ogg", bytes);
    write_text(folder / "album.toml", "[album]\n" + target +
                                          "[[chain]]\ntype = \"gain\"\ngain_db = -1\n[[track]]\nid = \"one\"\nsource "
                                          "= \"in.ogg\"\n[[deliver]]\ndir = \"out\"\ndither = \"off\"\n");
    const Ran ran = run_lathe("render " + (folder / "album.toml").string() + " --json");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    const auto warnings = ran.json()["warnings"];
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0]["code"] == "source_end");
    CHECK(warnings[0]["track"] == "one");
    CHECK(ran.err.find("in.ogg") != std::string::npos);
    // Where it says, silence begins in what was delivered: nothing behind, sound before.
    const AudioBuffer<double> out = read_audio(folder / "out/01 in.wav");
    REQUIRE(out.frames() == 3 * 44100);
    Frames end = out.frames();
    while (end > 0 && out.channel(0)[end - 1] == 0 && out.channel(1)[end - 1] == 0) --end;
    CHECK(end < out.frames());
    CHECK_THAT(warnings[0]["time_s"].get<double>(), WithinAbs(static_cast<double>(end) / 44100, 0.001));
}
