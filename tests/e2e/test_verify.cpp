// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Two songs rendered with an edit that the album file does not hold.
std::string rendered(const TemporaryFolder& folder) {
    write_audio(folder / "one.wav", music_like(44100, 5), 44100);
    write_audio(folder / "two.wav", music_like(44100, 5, 2, 2), 44100);
    write_text(
        folder / "album.toml",
        "[album]\nloudness_lufs = -16\ntrue_peak_dbtp = -1\n[[chain]]\ntype = \"limiter\"\n"
        "[[track]]\nsource = \"one.wav\"\n[[track]]\nsource = \"two.wav\"\n"
        "[[deliver]]\nfile = \"{number}\"\nbits = 16\n[[deliver]]\nname = \"f\"\nformat = \"flac\"\ndir = \"f\"\n");
    const Ran ran = run_lathe("render " + (folder / "album.toml").string() +
                              " --set album.loudness_lufs=-15 --quiet --out " + (folder / "out").string());
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
    return (folder / "out/lathe.json").string();
}

std::map<std::string, int> verdicts(const Ran& ran) {
    std::map<std::string, int> counts;
    const auto document = ran.json();
    for (const auto& file : document["files"]) ++counts[file["verdict"].get<std::string>()];
    return counts;
}

}  // namespace

TEST_CASE("verify: a manifest is rebuilt byte for byte, whatever became of the album file", "[e2e]") {
    const TemporaryFolder folder;
    const std::string manifest = rendered(folder);
    const std::string verify = "render --verify " + manifest + " --json --cache " + (folder / "cache").string();
    const std::string before = read_text(manifest);
    std::filesystem::remove(folder / "album.toml");
    const Ran good = run_lathe(verify);
    CAPTURE(good.err);
    CHECK(good.code == 0);
    CHECK(good.json()["holds"] == true);
    CHECK(verdicts(good) == std::map<std::string, int>{{"same", 4}});
    CHECK(read_text(manifest) == before);
    CHECK(std::filesystem::is_empty(folder / "cache"));
}

TEST_CASE("verify: names what was changed, is gone, or cannot be made again", "[e2e]") {
    const TemporaryFolder folder;
    const std::string manifest = rendered(folder);
    const std::string verify = "render --verify " + manifest + " --json --cache " + (folder / "cache").string();

    AudioBuffer<double> audio = read_audio(folder / "out/1.wav");
    audio.channel(0)[1000] += 1.0 / 32768;
    write_audio(folder / "out/1.wav", audio, 44100, Container::wav, SampleFormat::pcm16);
    std::filesystem::remove(folder / "out/2.wav");
    const Ran touched = run_lathe(verify);
    CHECK(touched.code == 1);
    CHECK(verdicts(touched) == std::map<std::string, int>{{"same", 2}, {"changed on disk", 1}, {"missing", 1}});

    std::string text = read_text(manifest);
    const std::size_t level = text.find("loudness_lufs = -15");
    REQUIRE(level != std::string::npos);
    write_text(manifest, text.replace(level, 19, "loudness_lufs = -17"));
    const Ran other = run_lathe(verify);
    CHECK(other.code == 1);
    CHECK(verdicts(other) == std::map<std::string, int>{{"differs", 4}});

    write_audio(folder / "two.wav", music_like(44100, 5, 2, 3), 44100);
    const Ran source = run_lathe(verify);
    CHECK(source.code == 2);
    CHECK(source.err.find("two.wav") != std::string::npos);
}
