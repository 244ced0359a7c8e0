// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"
#include "tests/support/planted_bells.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

void write_ringing(const std::filesystem::path& path, double seconds = 20) {
    AudioBuffer<float> audio = as<float>(pink_noise(0.05, static_cast<Frames>(seconds * 44100), 2));
    plant({1250, 14, 11}, 44100, audio.view());
    write_audio(path, as<double>(audio), 44100);
}

}  // namespace

TEST_CASE("resonances: a ringing file's document has the contract's keys and the cut that undoes it") {
    const TemporaryFolder folder;
    write_ringing(folder / "ring.wav");
    const Ran ran = run_lathe("resonances --json - " + (folder / "ring.wav").string());
    REQUIRE(ran.code == 0);
    const nlohmann::json json = ran.json();
    CHECK(json.at("lathe_json") == 1);
    CHECK(json.at("path") == (folder / "ring.wav").string());
    const nlohmann::json& worst = json.at("resonances").at(0);
    CHECK(std::abs(worst.at("frequency_hz").get<double>() - 1250) < 12);
    CHECK(std::abs(worst.at("q").get<double>() / 14 - 1) < 0.4);
    for (const char* key : {"prominence_db", "decay_t60_s", "presence", "confidence"}) CHECK(worst.at(key).is_number());
    CHECK(worst.at("kind") == "fixed");
    CHECK(worst.at("channel") == "stereo");
    CHECK(worst.at("note").get<std::string>().starts_with("D#6"));
    CHECK(worst.at("suggest").at("type") == "bell");
    CHECK(std::abs(worst.at("suggest").at("gain_db").get<double>() + 11) < 2);
    CHECK(worst.at("suggest").at("hz") == worst.at("frequency_hz"));
}

TEST_CASE("resonances: the cuts become an EQ of the track, a second time in its place, and nothing else changes") {
    const TemporaryFolder folder;
    write_ringing(folder / "one.wav");
    const std::string album =
        "# mine\n[album]\n\n[[track]]\nsource = \"one.wav\"  # first\n\n[[track]]\nid = \"b\"\n"
        "source = \"one.wav\"\n";
    write_text(folder / "album.toml", album);
    const std::string command = "resonances " + (folder / "one.wav").string() + " --apply " +
                                (folder / "album.toml").string() + " --track 1 --count ";
    REQUIRE(run_lathe(command + "1").code == 0);
    const std::string once = read_text(folder / "album.toml");
    const std::size_t begin = once.find("\n[[track.chain]]"), end = once.find("\n[[track]]\nid");
    REQUIRE(begin < end);
    CHECK(once.substr(0, begin) + once.substr(end) == album);
    REQUIRE(run_lathe(command + "1").code == 0);
    CHECK(read_text(folder / "album.toml") == once);
    CHECK(run_lathe(command + "1 --track c").code == 2);
    CHECK(run_lathe("render --dry-run " + (folder / "album.toml").string()).code == 0);
}

TEST_CASE("resonances: one line says why a file cannot be searched") {
    const TemporaryFolder folder;
    write_audio(folder / "dot.wav", noise(0.1, 1, 1), 44100);
    const Ran ran = run_lathe("resonances " + (folder / "dot.wav").string());
    CHECK(ran.code == 2);
    CHECK(ran.err.find("too short") != std::string::npos);
}

TEST_CASE("resonances: silence, mono, six channels, 8 kHz and 192 kHz give a result") {
    const TemporaryFolder folder;
    write_audio(folder / "silence.wav", AudioBuffer<double>(1, 44100 * 7), 44100);
    CHECK(run_lathe("resonances " + (folder / "silence.wav").string()).out.find("no resonances") != std::string::npos);
    for (const auto& [channels, rate] : {std::pair{6, 48000}, {1, 8000}, {2, 192000}}) {
        write_audio(folder / "file.wav", pink_noise(0.05, rate * 7, channels), rate);
        CAPTURE(channels, rate);
        CHECK(run_lathe("resonances --json - " + (folder / "file.wav").string()).json().contains("resonances"));
    }
}
