// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <map>

#include "dsp/simd/isa.h"
#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Two songs through the reference chain, in every format that there is.
std::string album_in_all_formats(const TemporaryFolder& folder) {
    for (int i = 1; i <= 2; ++i)
        write_audio(folder / fmt::format("{}.wav", i), music_like(44100, 5 + i, 2, static_cast<unsigned>(i)), 44100);
    std::string text = "[album]\nloudness_lufs = -14\ntrue_peak_dbtp = -1\n" + reference_chain();
    for (int i = 1; i <= 2; ++i) text += fmt::format("[[track]]\nid = \"{0}\"\nsource = \"{0}.wav\"\n", i);
    for (const char* format : {"format = \"wav\"\nbits = 24", "format = \"wav\"\nbits = \"float\"",
                               "format = \"aiff\"\nbits = 16\ndither = \"shaped\"", "format = \"flac\"\nbits = 24",
                               "format = \"wav\"\nbits = 16\nsample_rate = 48000", "format = \"mp3\"\nkbps = 192",
                               "format = \"vorbis\"\nkbps = 192", "format = \"opus\"\nkbps = 128"})
        text += fmt::format("[[deliver]]\n{1}\nname = \"d{0}\"\ndir = \"d{0}\"\n", text.size(), format);
    write_text(folder / "album.toml", text);
    return (folder / "album.toml").string();
}

/// The sha256 of every deliverable, by track and delivery.
std::map<std::string, std::string> hashes(const std::string& arguments) {
    const Ran ran = run_lathe("render " + arguments + " --json --no-cache --force");
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
    std::map<std::string, std::string> list;
    const auto document = ran.json();
    for (const auto& track : document["tracks"])
        for (const auto& deliverable : track["deliverables"])
            list[track["id"].get<std::string>() + " " + deliverable["name"].get<std::string>()] = deliverable["sha256"];
    return list;
}

}  // namespace

TEST_CASE("same bytes: any number of threads, one track alone or the whole album, in every format", "[e2e]") {
    const TemporaryFolder folder;
    const std::string album = album_in_all_formats(folder), out = " --out " + (folder / "out").string();
    const auto expected = hashes(album + out + " --threads 1");
    REQUIRE(expected.size() == 2 * 8);
    for (const int threads : {2, 3, 7}) {
        CAPTURE(threads);
        CHECK(hashes(album + out + fmt::format(" --threads {}", threads)) == expected);
    }
    for (const char* track : {"1", "2"}) {
        for (const auto& [name, hash] : hashes(album + out + " --track " + track)) {
            CAPTURE(name);
            CHECK(hash == expected.at(name));
        }
    }
}

TEST_CASE("instruction sets: the unquantised master and the solved gains agree", "[e2e]") {
    const TemporaryFolder folder;
    write_audio(folder / "song.wav", music_like(44100, 12), 44100);
    const std::string chain =
        reference_chain() + "[[track]]\nsource = \"song.wav\"\n[[deliver]]\nbits = \"float\"\nfile = \"{number}\"\n";
    write_text(folder / "solved.toml", "[album]\nloudness_lufs = -12\ntrue_peak_dbtp = -1\n" + chain);
    const auto solved_gain = [&](Isa isa) {
        const Ran ran =
            run_lathe(fmt::format("solve {} --json --simd {}", (folder / "solved.toml").string(), isa_name(isa)));
        REQUIRE(ran.code == 0);
        return ran.json()["gains"][0]["solved_gain_db"].get<double>();
    };
    const double gain_db = solved_gain(Isa::sse4_2);
    write_text(folder / "album.toml",
               fmt::format("[album]\nnormalize = \"off\"\ntrue_peak_dbtp = -1\ngain_db = {}\n", gain_db) + chain);
    const auto render = [&](Isa isa) {
        const std::filesystem::path out = folder / std::string(isa_name(isa));
        const Ran ran = run_lathe(fmt::format("render {} --json --simd {} --out {}", (folder / "album.toml").string(),
                                              isa_name(isa), out.string()));
        CAPTURE(ran.err);
        REQUIRE(ran.code == 0);
        CHECK(ran.json()["engine"]["simd"] == std::string(isa_name(isa)));
        return ran.json()["tracks"][0]["deliverables"][0]["path"].get<std::string>();
    };
    const std::string reference = render(Isa::sse4_2);
    for (const Isa isa : {Isa::avx2, Isa::avx512}) {
        if (isa > best_isa()) continue;
        CAPTURE(isa_name(isa));
        CHECK_THAT(solved_gain(isa), WithinAbs(gain_db, 0.01));
        const Ran ran = run_lathe("compare --json " + reference + " " + render(isa));
        REQUIRE(ran.code == 0);
        CHECK(ran.json()["residual_rms_dbfs"].get<double>() < -130);
        CHECK_THAT(ran.json()["gain_db"].get<double>(), WithinAbs(0, 1e-5));
    }
}

TEST_CASE("instruction sets: an unknown one names the nearest", "[e2e]") {
    const Ran ran = run_lathe("measure x.wav --simd avx512");
    CHECK(ran.code == 2);
    CHECK(ran.err.find("avx512bw") != std::string::npos);
}
