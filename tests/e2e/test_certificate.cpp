// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "tests/e2e/program.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// A song through the reference chain; a second one that is only copied.
std::string album(const TemporaryFolder& folder) {
    write_audio(folder / "song.wav", music_like(44100, 20), 44100);
    write_text(folder / "album.toml", "[album]\nloudness_lufs = -14\ntrue_peak_dbtp = -1\n" + reference_chain() +
                                          "[[track]]\nsource = \"song.wav\"\n[[deliver]]\nbits = 24\n");
    return (folder / "album.toml").string();
}

struct Residual {
    double rms_dbfs, peak_dbfs, samples;
};
Residual residual(const std::string& album, const std::string& options) {
    const Ran ran = run_lathe("render " + album + " --json --no-cache --force " + options);
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
    const auto file = ran.json()["tracks"][0]["deliverables"][0];
    return {file["residual_rms_dbfs"], file["residual_peak_dbfs"], file["residual_samples"]};
}

}  // namespace

TEST_CASE("null certificate: a render states how far it is from the same one in double", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder);
    const Residual sampled = residual(path, ""), whole = residual(path, "--certify full");
    CHECK(sampled.samples > 8 * 4096);
    CHECK(whole.samples > 2 * 20 * 44100);
    for (const auto& [way, found] : {std::pair("sampled", sampled), std::pair("whole", whole)}) {
        CAPTURE(way);
        const std::string what = fmt::format("reference chain, -14 LUFS, {}", way);
        CHECK(found.rms_dbfs <
              record("Null certificate", what + ", RMS", "the render in double", -130, found.rms_dbfs, "dBFS"));
        CHECK(found.peak_dbfs <
              record("Null certificate", what + ", peak", "the render in double", -120, found.peak_dbfs, "dBFS"));
    }
    // A sample of 8 places, a sum over stages: it may miss by some dB, but not promise much more than there is.
    CHECK(sampled.rms_dbfs > whole.rms_dbfs - 3);
    CHECK(sampled.rms_dbfs < whole.rms_dbfs + 10);
}

TEST_CASE("null certificate: nothing is claimed where nothing was computed, nor where a file is copied", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder);
    const Ran off = run_lathe("render " + path + " --json --no-cache --certify off");
    CHECK(off.json()["tracks"][0]["deliverables"][0]["residual_rms_dbfs"].is_null());
    write_text(folder / "copy.toml", "[[track]]\nsource = \"song.wav\"\n[[deliver]]\nbits = 24\ndir = \"copy\"\n");
    const Ran copied = run_lathe("render " + (folder / "copy.toml").string() + " --json --no-cache --force");
    CHECK(copied.json()["tracks"][0]["deliverables"][0]["residual_rms_dbfs"].is_null());
    const Ran wrong = run_lathe("render " + path + " --certify ful");
    CHECK(wrong.code == 2);
    CHECK(wrong.err.find("did you mean \"full\"? (sampled, full, off)") != std::string::npos);
}
