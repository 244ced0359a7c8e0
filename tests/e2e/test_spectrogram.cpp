// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Width and height of a PNG file: big-endian, at byte 16.
std::pair<unsigned, unsigned> size_of_png(const std::string& bytes) {
    const auto number = [&](std::size_t at) {
        unsigned value = 0;
        for (std::size_t k = 0; k < 4; ++k) value = value << 8 | static_cast<unsigned char>(bytes.at(at + k));
        return value;
    };
    REQUIRE(bytes.starts_with("\x89PNG"));
    return {number(16), number(20)};
}

}  // namespace

TEST_CASE("spectrogram: the document says how large it is, the picture is there, and both come again from the cache") {
    const TemporaryFolder folder;
    write_audio(folder / "song.wav", music_like(44100, 6), 44100);
    const std::string command = "spectrum " + (folder / "song.wav").string() + " --spectrogram --json - --cache " +
                                (folder / "cache").string() + " --png ";
    const Ran cold = run_lathe(command + (folder / "cold.png").string());
    REQUIRE(cold.code == 0);
    const nlohmann::json json = cold.json();
    CHECK(json.at("lathe_json") == 1);
    CHECK(json.at("path") == (folder / "song.wav").string());
    CHECK(json.at("sample_rate") == 44100);
    CHECK(std::abs(json.at("duration_s").get<double>() - 6) < 1e-9);
    CHECK(json.at("columns") == 1034);
    CHECK(json.at("rows") == 957);
    CHECK(std::abs(json.at("hop_s").get<double>() - 256 / 44100.0) < 1e-9);
    CHECK(json.at("levels") == 4);
    CHECK(json.at("was_kept") == false);
    CHECK(size_of_png(read_text(folder / "cold.png")) == std::pair(1200u, 720u));

    const Ran warm = run_lathe(command + (folder / "warm.png").string());
    CHECK(warm.json().at("was_kept") == true);
    CHECK(read_text(folder / "warm.png") == read_text(folder / "cold.png"));
    const Ran light = run_lathe(command + (folder / "light.png").string() + " --theme light --from 1 --to 0:02");
    CHECK(light.json().at("was_kept") == true);
    CHECK(read_text(folder / "light.png") != read_text(folder / "cold.png"));
    const Ran bare =
        run_lathe("spectrum " + (folder / "song.wav").string() + " --spectrogram --json - --no-cache --cache " +
                  (folder / "other").string() + " --png " + (folder / "bare.png").string());
    CHECK(bare.json().at("was_kept") == false);
    CHECK(read_text(folder / "bare.png") == read_text(folder / "cold.png"));
    const std::vector<std::string> files = folder.files();
    CHECK(std::none_of(files.begin(), files.end(), [](const std::string& file) { return file.starts_with("other/"); }));
}

TEST_CASE("spectrogram: silence, one sample, mono, 5.1, 8 kHz and 192 kHz have one, and a picture") {
    struct Odd {
        AudioBuffer<double> audio;
        int rate;
    };
    const int which = GENERATE(0, 1, 2, 3, 4, 5);
    const Odd odd = which == 0   ? Odd{AudioBuffer<double>(2, 44100), 44100}
                    : which == 1 ? Odd{sine(100, 0.5, 44100, 1, 1, 1.0), 44100}
                    : which == 2 ? Odd{noise(0.1, 50000, 1), 44100}
                    : which == 3 ? Odd{noise(0.1, 50000, 6), 48000}
                    : which == 4 ? Odd{noise(0.1, 20000, 2), 8000}
                                 : Odd{noise(0.1, 200000, 2), 192000};
    const bool reassigned = GENERATE(false, true);
    const TemporaryFolder folder;
    write_audio(folder / "odd.wav", odd.audio, odd.rate);
    const Ran ran = run_lathe("spectrum " + (folder / "odd.wav").string() + " --spectrogram --json - --png " +
                              (folder / "odd.png").string() + (reassigned ? " --reassigned" : ""));
    CAPTURE(which, reassigned, ran.err);
    REQUIRE(ran.code == 0);
    CHECK(ran.json().at("columns") >= 1);
    CHECK(ran.json().at("last_hz").get<double>() <= std::min(20000, odd.rate / 2));
    CHECK(ran.json().at("last_hz").get<double>() > 0.99 * std::min(20000, odd.rate / 2));
    CHECK(size_of_png(read_text(folder / "odd.png")).first == 1200);
}

TEST_CASE("spectrogram: what cannot be asked for is refused in one line that says why") {
    const TemporaryFolder folder;
    write_audio(folder / "song.wav", noise(0.1, 44100, 1), 44100);
    const auto refused = [&](const std::string& options, const std::string& word) {
        const Ran ran = run_lathe("spectrum " + (folder / "song.wav").string() + " " + options);
        CAPTURE(options, ran.err);
        CHECK(ran.code == 2);
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
        CHECK(ran.err.find(word) != std::string::npos);
    };
    refused("--reassigned", "--spectrogram");
    refused("--from 0:01", "--spectrogram");
    refused("--spectrogram --size 4096", "--size");
    refused("--spectrogram --csv x.csv", "--csv");
    refused("--spectrogram --part side", "two channels");
    refused("--spectrogram --png x.png --from 3", "--from");
    refused("--spectrogram --png x.png --from never", "never");
    refused("--spectrogram --png x.png --theme blue", "--theme");
}
