// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string targets = "[album]\nloudness_lufs = -14\ntrue_peak_dbtp = -1\n";

AudioBuffer<double> end_to_end(const std::vector<AudioBuffer<double>>& parts) {
    Frames frames = 0;
    for (const auto& part : parts) frames += part.frames();
    AudioBuffer<double> whole(parts.front().channels(), frames);
    Frames at = 0;
    for (const auto& part : parts) {
        copy_audio<double>(part.view(), whole.view().slice(at, part.frames()));
        at += part.frames();
    }
    return whole;
}

bool same(const AudioBuffer<double>& a, const AudioBuffer<double>& b) {
    if (a.frames() != b.frames() || a.channels() != b.channels()) return false;
    for (int c = 0; c < a.channels(); ++c)
        if (!std::equal(a.channel(c), a.channel(c) + a.frames(), b.channel(c))) return false;
    return true;
}

std::vector<AudioBuffer<double>> delivered(const TemporaryFolder& folder, const std::string& dir) {
    std::vector<AudioBuffer<double>> parts;
    for (const std::string& file : folder.files())
        if (file.starts_with(dir + "/")) parts.push_back(read_audio(folder / file));
    return parts;
}

}  // namespace

TEST_CASE(
    "a file cut into four tracks at odd samples: the four files end to end are the render of the whole, bit for bit",
    "[e2e]") {
    const TemporaryFolder folder;
    write_audio(folder / "live.wav", music_like(44100, 40), 44100);
    const int cuts[] = {0, 400001, 777777, 1300003};
    std::string tracks;
    for (int i = 0; i < 4; ++i)
        tracks += fmt::format("[[track]]\nsource = \"live.wav\"\nstart = \"{}s\"\n{}", cuts[i],
                              i < 3 ? fmt::format("end = \"{}s\"\n", cuts[i + 1]) : "");
    const std::string deliver =
        "[[deliver]]\nname = \"a\"\nbits = 24\ndir = \"a\"\nfile = \"{number}\"\n"
        "[[deliver]]\nname = \"b\"\nbits = 16\nsample_rate = 48000\ndir = \"b\"\nfile = \"{number}\"\n";
    write_text(folder / "cut.toml", targets + reference_chain() + tracks + deliver);
    write_text(folder / "whole.toml", targets + reference_chain() + "[[track]]\nsource = \"live.wav\"\n" + deliver);
    REQUIRE(
        run_lathe(fmt::format("render {} --out {}", (folder / "cut.toml").string(), (folder / "cut").string())).code ==
        0);
    REQUIRE(run_lathe(fmt::format("render {} --out {}", (folder / "whole.toml").string(), (folder / "whole").string()))
                .code == 0);
    for (const char* name : {"a", "b"}) {
        const auto parts = delivered(folder, std::string("cut/") + name),
                   whole = delivered(folder, std::string("whole/") + name);
        REQUIRE(parts.size() == 4);
        REQUIRE(whole.size() == 1);
        CHECK(same(end_to_end(parts), whole.front()));
    }
}

TEST_CASE("track files end to end are the album file, gaps, segues and overlaps included", "[e2e]") {
    const TemporaryFolder folder;
    for (int i = 1; i <= 4; ++i)
        write_audio(folder / fmt::format("{}.wav", i), music_like(44100, 4 + 0.7 * i, 2, static_cast<unsigned>(i)),
                    44100);
    write_text(folder / "album.toml",
               "[album]\ntitle = \"Whole\"\nloudness_lufs = -16\ntrue_peak_dbtp = -1\n[[chain]]\ntype = "
               "\"reverb\"\npreset = \"chamber\"\nwet_db = -30\n"
               "[[chain]]\ntype = \"limiter\"\n"
               "[[track]]\nsource = \"1.wav\"\n[[track]]\nsource = \"2.wav\"\nsegue = true\n[[track]]\nsource = "
               "\"3.wav\"\ngap_s = 1.25\n"
               "[[track]]\nsource = \"4.wav\"\ngap_s = -0.8\n"
               "[[deliver]]\nname = \"t\"\ndir = \"t\"\nfile = \"{number}\"\nbits = 16\n[[deliver]]\nname = \"w\"\ndir "
               "= \"w\"\nlayout = \"album\"\nbits = 16\n");
    const Ran ran = run_lathe("render " + (folder / "album.toml").string() + " --json");
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
    const auto parts = delivered(folder, "t"), whole = delivered(folder, "w");
    REQUIRE(parts.size() == 4);
    REQUIRE(whole.size() == 1);
    CHECK(same(end_to_end(parts), whole.front()));
}

TEST_CASE("solve --write keeps the gains in the album, and the audio does not change", "[e2e]") {
    const std::string normalize = GENERATE("album", "track", "loudest");
    CAPTURE(normalize);
    const TemporaryFolder folder;
    for (int i = 1; i <= 2; ++i)
        write_audio(folder / fmt::format("{}.wav", i), music_like(44100, 6 + i, 2, static_cast<unsigned>(i)), 44100);
    write_text(folder / "album.toml",
               "# kept\n[album]  # kept too\nloudness_lufs = -14\ntrue_peak_dbtp = -1\nnormalize = \"" + normalize +
                   "\"\n[[chain]]\ntype = \"limiter\"\n[[track]]\nsource = \"1.wav\"\n[[track]]\nsource = "
                   "\"2.wav\"\ngain_db = -1.5\n[[deliver]]\ndir = \"out\"\n");
    const std::string album = (folder / "album.toml").string();
    const auto hashes = [&] {
        const Ran ran = run_lathe("render " + album + " --json");
        REQUIRE(ran.code == 0);
        std::vector<std::string> list;
        for (const auto& track : ran.json()["tracks"]) list.push_back(track["deliverables"][0]["audio_sha256"]);
        return list;
    };
    const auto before = hashes();
    REQUIRE(run_lathe("solve " + album + " --write").code == 0);
    const std::string text = read_text(album);
    CHECK(text.starts_with("# kept\n[album]  # kept too\n"));
    CHECK(text.find("normalize = \"off\"") != std::string::npos);
    CHECK(hashes() == before);
}
