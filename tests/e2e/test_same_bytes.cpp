// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/wait.h>

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
        write_audio(folder / fmt::format("{}.wav", i), music_like(44100, 2 + i, 2, static_cast<unsigned>(i)), 44100);
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
std::map<std::string, std::string> hashes(const std::string& arguments, const std::string& cache = "--no-cache") {
    const Ran ran = run_lathe("render " + arguments + " --json --force " + cache);
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

TEST_CASE("same bytes: on each of ten runs", "[e2e]") {
    const TemporaryFolder folder;
    const std::string album = album_in_all_formats(folder), out = " --out " + (folder / "out").string();
    const auto expected = hashes(album + out);
    for (int run = 2; run <= 10; ++run) {
        CAPTURE(run);
        CHECK(hashes(album + out) == expected);
    }
}

TEST_CASE("same bytes: with a cold, a warm, a half-warm and a damaged cache", "[e2e]") {
    const TemporaryFolder folder;
    const std::string album = album_in_all_formats(folder), cache = "--cache " + (folder / "cache").string();
    const auto into = [&](const char* out) { return album + " --out " + (folder / out).string(); };
    const auto entries = [&] {
        std::vector<std::string> list;
        for (const std::string& file : folder.files())
            if (file.starts_with("cache/") && !file.ends_with(".lock")) list.push_back(file);
        return list;
    };
    const auto expected = hashes(into("plain"));
    CHECK(hashes(into("a"), cache) == expected);  // cold
    CHECK(hashes(into("a"), cache) == expected);  // warm, files in place: nothing to do
    CHECK(hashes(into("b"), cache) == expected);  // warm, no files
    const std::vector<std::string> kept = entries();
    REQUIRE(kept.size() > 10);
    for (std::size_t i = 0; i < kept.size(); i += 2) std::filesystem::remove(folder / kept[i]);
    CHECK(hashes(into("c"), cache) == expected);  // half-warm
    for (const std::string& file : entries()) {
        std::string bytes = read_text(folder / file);
        bytes[bytes.size() / 3] ^= 1;
        write_text(folder / file, bytes);
    }
    CHECK(hashes(into("d"), cache) == expected);  // damaged
    for (const std::string& file : folder.files())
        if (file.starts_with("d/") && file.ends_with(".wav")) write_text(folder / file, "no longer music");
    CHECK(hashes(into("d"), cache) == expected);  // deliverables that somebody changed
    for (const std::string& file : folder.files())
        if (file.starts_with("d/")) CHECK(read_text(folder / file) != "no longer music");
}

TEST_CASE("same bytes: a render killed in the middle, and gone on with", "[e2e]") {
    const TemporaryFolder folder;
    const std::string album = album_in_all_formats(folder), out = " --out " + (folder / "out").string(),
                      cache = " --cache " + (folder / "cache").string();
    const auto expected = hashes(album + " --out " + (folder / "whole").string());
    // Killed as soon as a first cache entry, or a first deliverable, is there.
    for (const std::string sign : {"cache/renders/[0-9a-f]*/*", "out/*/*.wav"}) {
        CAPTURE(sign);
        const std::string killed = fmt::format(
            "{} render {}{}{} --quiet & pid=$!; until ls {}/{} >/dev/null 2>&1; do sleep 0.01; done; kill -9 $pid; "
            "wait $pid",
            LATHE_PROGRAM, album, out, cache, folder.path().string(), sign);
        CHECK(WEXITSTATUS(std::system(("exec 2>/dev/null; " + killed).c_str())) == 128 + 9);
        CHECK(hashes(album + out, cache) == expected);
        for (const std::string& file : folder.files()) {
            CAPTURE(file);  // what the killed one had begun is gone
            CHECK((file.find("/.") == std::string::npos || file.ends_with(".lock")));
        }
        std::filesystem::remove_all(folder / "out");
        std::filesystem::remove_all(folder / "cache");
    }
}

TEST_CASE("same bytes: two renders at once, with one cache", "[e2e]") {
    const TemporaryFolder folder;
    const std::string album = album_in_all_formats(folder), cache = " --cache " + (folder / "cache").string();
    const auto into = [&](const char* out) { return album + " --out " + (folder / out).string(); };
    const auto expected = hashes(into("plain"));
    const std::string both = fmt::format("{0} render {1}{3} --quiet & {0} render {2}{3} --quiet; wait", LATHE_PROGRAM,
                                         into("this"), into("that"), cache);
    CHECK(std::system(("exec 2>/dev/null; " + both).c_str()) == 0);
    CHECK(hashes(into("this"), cache) == expected);
    CHECK(hashes(into("that"), cache) == expected);
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
