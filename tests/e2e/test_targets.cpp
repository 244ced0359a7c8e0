// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr const char* limiter = "[[chain]]\ntype = \"limiter\"\n";

/// Renders one file under a target and returns what was said of it: exit 1 and one warning, on one line.
std::string complaint(const AudioBuffer<double>& audio, const std::string& album, const std::string& chain,
                      std::string* code = nullptr) {
    const TemporaryFolder folder;
    write_audio(folder / "in.wav", audio, 44100);
    write_text(folder / "album.toml", "[album]\n" + album + chain +
                                          "[[track]]\nid = \"one\"\nsource = \"in.wav\"\n[[deliver]]\ndir = \"out\"\n");
    const Ran ran = run_lathe("render " + (folder / "album.toml").string() + " --json");
    CAPTURE(ran.err);
    CHECK(ran.code == 1);
    CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    CHECK(std::filesystem::exists(folder / "out/01 in.wav"));  // everything was still written
    const auto warnings = ran.json()["warnings"];
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0]["track"] == "one");
    if (code) *code = warnings[0]["code"];
    return warnings[0]["message"];
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a target that near-silence cannot reach blames the range of gain, with a chain and without", "[e2e]") {
    const std::string chain = GENERATE(false, true) ? limiter : "";
    // Pink noise at about -72 dBFS: 40 dB more is far from -14 LUFS.
    const std::string said =
        complaint(pink_noise(0.00025, 3 * 44100, 2, 5), "loudness_lufs = -14\nnormalize = \"track\"\n", chain);
    INFO(said);
    CHECK(says(said, "not -14.00"));
    CHECK(says(said, "more than the 40 dB of gain that a solve may give"));
    CHECK(says(said, "input_db"));
}

TEST_CASE("a target above what the limiter lets through blames the limiter", "[e2e]") {
    const std::string said = complaint(music_like(44100, 4), "loudness_lufs = -3\ntrue_peak_dbtp = -12\n", limiter);
    INFO(said);
    CHECK(says(said, "the limiter holds back"));
    CHECK(says(said, "true_peak_dbtp"));
}

TEST_CASE("what has no loudness says whether it is silent or short", "[e2e]") {
    std::string code;
    const std::string silent = complaint(AudioBuffer<double>(2, 44100), "loudness_lufs = -14\n", limiter, &code);
    INFO(silent);
    CHECK(code == "silent");
    CHECK(says(silent, "no loudness, not -14.00"));
    CHECK(says(silent, "below the gate at -70 LUFS even with 40 dB more"));
    const std::string brief = complaint(noise(0.1, 44100 / 5, 2, 3), "loudness_lufs = -14\n", limiter, &code);
    INFO(brief);
    CHECK(code == "silent");
    CHECK(says(brief, "measured over 0.4 s and this is shorter"));
}
