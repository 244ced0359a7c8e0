// SPDX-License-Identifier: GPL-3.0-or-later
#include <ebur128.h>
#include <fmt/format.h>

#include <cmath>

#include "dsp/measure/true_peak.h"
#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Another library's reading of files, one after the other.
struct Outside {
    double album_lufs = 0;
    std::vector<double> lufs, true_peak_dbtp;
};

Outside read_by_libebur128(const std::vector<std::filesystem::path>& files) {
    Outside outside;
    std::vector<ebur128_state*> states;
    for (const auto& file : files) {
        const AudioBuffer<double> audio = read_audio(file);
        ebur128_state* state = ebur128_init(static_cast<unsigned>(audio.channels()),
                                            static_cast<unsigned long>(AudioReader(file).info().sample_rate),
                                            EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
        std::vector<double> interleaved(static_cast<std::size_t>(audio.channels() * audio.frames()));
        for (int c = 0; c < audio.channels(); ++c)
            for (Frames n = 0; n < audio.frames(); ++n)
                interleaved[static_cast<std::size_t>(n * audio.channels() + c)] = audio.channel(c)[n];
        ebur128_add_frames_double(state, interleaved.data(), static_cast<std::size_t>(audio.frames()));
        double lufs = 0, highest = 0;
        ebur128_loudness_global(state, &lufs);
        for (int c = 0; c < audio.channels(); ++c) {
            double peak = 0;
            ebur128_true_peak(state, static_cast<unsigned>(c), &peak);
            highest = std::max(highest, peak);
        }
        outside.lufs.push_back(lufs);
        outside.true_peak_dbtp.push_back(20 * std::log10(highest));
        states.push_back(state);
    }
    ebur128_loudness_global_multiple(states.data(), states.size(), &outside.album_lufs);
    for (ebur128_state* state : states) ebur128_destroy(&state);
    return outside;
}

/// 1.wav and 2.wav, of 6 s.
void write_two_songs(const TemporaryFolder& folder) {
    for (int i = 1; i <= 2; ++i)
        write_audio(folder / fmt::format("{}.wav", i), music_like(44100, 6, 2, static_cast<unsigned>(i)), 44100);
}

}  // namespace

TEST_CASE(
    "render: targets are met by the files on disk, at every rate and depth, on libebur128's meter and the contract's",
    "[e2e]") {
    const std::string normalize = GENERATE("album", "track", "loudest");
    CAPTURE(normalize);
    const TemporaryFolder folder;
    for (int i = 1; i <= 3; ++i) {
        AudioBuffer<double> audio = music_like(44100, 12 + i, 2, static_cast<unsigned>(i));
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < audio.frames(); ++n) audio.channel(c)[n] *= std::pow(10, -2.5 * (i - 1) / 20);
        write_audio(folder / fmt::format("{}.wav", i), audio, 44100);
    }
    std::string album =
        "[album]\nloudness_lufs = -14\ntrue_peak_dbtp = -1\nnormalize = \"" + normalize + "\"\n" + reference_chain();
    for (int i = 1; i <= 3; ++i) album += fmt::format("[[track]]\nsource = \"{}.wav\"\n", i);
    album +=
        "[[deliver]]\nname = \"a\"\ndir = \"a\"\n[[deliver]]\nname = \"b\"\ndir = \"b\"\nbits = 16\nsample_rate = "
        "48000\ndither = \"shaped\"\n";
    write_text(folder / "album.toml", album);
    const Ran ran = run_lathe("render " + (folder / "album.toml").string() + " --json");
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
    const auto json = ran.json();
    for (int d = 0; d < 2; ++d) {
        std::vector<std::filesystem::path> files;
        for (const auto& track : json["tracks"])
            files.push_back(track["deliverables"][static_cast<std::size_t>(d)]["path"].get<std::string>());
        const Outside outside = read_by_libebur128(files);
        if (normalize == "album") CHECK_THAT(outside.album_lufs, WithinAbs(-14, 0.1));
        if (normalize == "loudest")
            CHECK_THAT(*std::max_element(outside.lufs.begin(), outside.lufs.end()), WithinAbs(-14, 0.1));
        for (std::size_t t = 0; t < files.size(); ++t) {
            CAPTURE(files[t].string());
            const auto& deliverable = json["tracks"][t]["deliverables"][static_cast<std::size_t>(d)];
            if (normalize == "track") CHECK_THAT(outside.lufs[t], WithinAbs(-14, 0.1));
            CHECK_THAT(deliverable["integrated_lufs"].get<double>(), WithinAbs(outside.lufs[t], 0.01));
            CHECK(deliverable["true_peak_dbtp"].get<double>() <= -1 + 0.02);
            CHECK(outside.true_peak_dbtp[t] <= -1 + 0.15);
        }
    }
}

TEST_CASE("render: without a limiter the ceiling is kept by less gain, said so, and exits 1", "[e2e]") {
    const TemporaryFolder folder;
    write_audio(folder / "1.wav", music_like(44100, 8), 44100);
    write_text(
        folder / "album.toml",
        "[album]\nloudness_lufs = -8\ntrue_peak_dbtp = -1\n[[track]]\nsource = \"1.wav\"\n[[deliver]]\ndir = \"out\"\n"
        "[[deliver]]\nname = \"48\"\ndir = \"48\"\nsample_rate = 48000\n");
    const Ran ran = run_lathe("render " + (folder / "album.toml").string() + " --json");
    CHECK(ran.code == 1);
    const auto json = ran.json();
    CHECK(json["warnings"][0]["code"] == "loudness_target");
    double highest = -100;
    for (const auto& deliverable : json["tracks"][0]["deliverables"])
        highest = std::max(highest, deliverable["true_peak_dbtp"].get<double>());
    CHECK(highest <= -1 + 0.02);
    CHECK(highest >= -1 - 0.02);
}

TEST_CASE("render: without a limiter a version with its own gain keeps the ceiling too", "[e2e]") {
    const TemporaryFolder folder;
    write_two_songs(folder);
    write_text(folder / "album.toml",
               "[album]\nloudness_lufs = -4\ntrue_peak_dbtp = -1\nnormalize = \"track\"\n[[track]]\nsource = "
               "\"1.wav\"\n[[track.version]]\nname = \"edit\"\nsource = \"2.wav\"\ngain = \"own\"\n[[deliver]]\n"
               "sample_rate = 48000\nversions = [\"main\", \"edit\"]\nfile = \"{number} {version}\"\n");
    const auto json = run_lathe("render " + (folder / "album.toml").string() + " --json").json();
    const auto& made = json["tracks"][0]["deliverables"];
    REQUIRE(made.size() == 2);
    for (const auto& deliverable : made) CHECK(std::abs(deliverable["true_peak_dbtp"].get<double>() + 1) <= 0.02);
    CHECK(made[0]["gain_db"] != made[1]["gain_db"]);
    std::vector<std::string> said;
    for (const auto& warning : json["warnings"]) said.push_back(warning["message"].get<std::string>().substr(0, 13));
    CHECK(said == std::vector<std::string>{"master main: ", "version edit:"});
}

TEST_CASE("render: --track changes what is written, not what is heard", "[e2e]") {
    const TemporaryFolder folder;
    write_two_songs(folder);
    write_text(folder / "album.toml",
               "[album]\nloudness_lufs = -14\ntrue_peak_dbtp = -1\n[[chain]]\ntype = \"limiter\"\n[[track]]\nid = "
               "\"a\"\nsource = \"1.wav\"\n"
               "[[track]]\nid = \"b\"\nsource = \"2.wav\"\n[[deliver]]\ndir = \"out\"\n");
    const std::string album = (folder / "album.toml").string();
    const auto all = run_lathe("render " + album + " --json --out " + (folder / "x").string()).json();
    const auto one = run_lathe("render " + album + " --track b --json --out " + (folder / "y").string()).json();
    CHECK(one["tracks"][0]["deliverables"].empty());
    CHECK(one["tracks"][1]["deliverables"][0]["sha256"] == all["tracks"][1]["deliverables"][0]["sha256"]);
}

TEST_CASE("render: a gain without a limiter is the same whatever is asked for", "[e2e]") {
    // Track a is far below b, whose peak holds the album back; at 96 kHz another peak shows than at 44.1 kHz.
    const TemporaryFolder folder;
    AudioBuffer<double> quiet = music_like(44100, 6, 2, 1);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < quiet.frames(); ++n) quiet.channel(c)[n] *= 0.1;
    write_audio(folder / "1.wav", quiet, 44100);
    write_audio(folder / "2.wav", music_like(44100, 6, 2, 2), 44100);
    const std::string normalize = GENERATE("album", "track");
    CAPTURE(normalize);
    write_text(folder / "album.toml", "[album]\nloudness_lufs = -3\ntrue_peak_dbtp = -1\nnormalize = \"" + normalize +
                                          "\"\n[[track]]\nid = \"a\"\nsource = \"1.wav\"\n[[track]]\nid = "
                                          "\"b\"\nsource = \"2.wav\"\n[[deliver]]\nname = \"cd\"\ndir = \"cd\"\n"
                                          "[[deliver]]\nname = \"hi\"\ndir = \"hi\"\nsample_rate = 96000\n");
    const std::string album = (folder / "album.toml").string();
    const auto all = run_lathe("render " + album + " --no-cache --json --out " + (folder / "all").string()).json();
    for (std::size_t track = 0; track < 2; ++track)
        for (std::size_t delivery = 0; delivery < 2; ++delivery) {
            const std::string out = (folder / fmt::format("{}{}", track, delivery)).string();
            const auto one = run_lathe(fmt::format("render {} --no-cache --json --out {} --track {} --deliver {}",
                                                   album, out, track == 0 ? "a" : "b", delivery == 0 ? "cd" : "hi"))
                                 .json();
            const auto& made = one["tracks"][track]["deliverables"];
            REQUIRE(made.size() == 1);
            CHECK(made[0]["gain_db"] == all["tracks"][track]["deliverables"][delivery]["gain_db"]);
            CHECK(made[0]["sha256"] == all["tracks"][track]["deliverables"][delivery]["sha256"]);
        }
}

TEST_CASE("demo: the same bytes every time", "[e2e]") {
    const TemporaryFolder folder;
    REQUIRE(run_lathe("demo " + (folder / "a").string()).code == 0);
    REQUIRE(run_lathe("demo " + (folder / "b").string()).code == 0);
    const auto files = folder.files();
    std::size_t wavs = 0;
    for (const std::string& file : files) {
        if (!file.starts_with("a/")) continue;
        CHECK(sha256_of_file(folder / file) == sha256_of_file(folder / ("b/" + file.substr(2))));
        wavs += file.ends_with(".wav");
    }
    CHECK(wavs >= 3 + 3 * 4);
}
