// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

nlohmann::json compared(const TemporaryFolder& folder) {
    const Ran ran = run_lathe("compare " + (folder / "a.wav").string() + " " + (folder / "b.wav").string() + " --json");
    REQUIRE(ran.code == 0);
    return ran.json();
}

AudioBuffer<double> changed(const AudioBuffer<double>& a, double gain, Frames late) {
    AudioBuffer<double> b(a.channels(), a.frames());
    for (int c = 0; c < a.channels(); ++c)
        for (Frames n = late; n < a.frames(); ++n) b.channel(c)[n] = gain * a.channel(c)[n - late];
    return b;
}

}  // namespace

TEST_CASE("compare: a file and itself are identical", "[e2e]") {
    const TemporaryFolder folder;
    write_audio(folder / "a.wav", music_like(44100, 8), 44100);
    write_audio(folder / "b.wav", music_like(44100, 8), 44100);
    const auto json = compared(folder);
    CHECK(json["identical"] == true);
    CHECK(json["residual_rms_dbfs"].is_null());
    CHECK(json["spans"].empty());
}

TEST_CASE("compare: finds a copy 0.1 dB lower and 7 samples late", "[e2e]") {
    const TemporaryFolder folder;
    const auto a = music_like(44100, 8);
    write_audio(folder / "a.wav", a, 44100);
    write_audio(folder / "b.wav", changed(a, std::pow(10, -0.1 / 20), 7), 44100);
    const auto json = compared(folder);
    CHECK(json["identical"] == false);
    CHECK(json["offset_samples"] == 7);
    CHECK_THAT(json["gain_db"].get<double>(), WithinAbs(-0.1, 0.001));
    CHECK(json["residual_rms_dbfs"].get<double>() < -130);
    CHECK(json["spans"].empty());
}

TEST_CASE("compare: names a 3 s span that is 1 dB up", "[e2e]") {
    const TemporaryFolder folder;
    const auto a = music_like(44100, 20);
    auto b = changed(a, 1, 0);
    for (int c = 0; c < 2; ++c)
        for (Frames n = 6 * 44100; n < 9 * 44100; ++n) b.channel(c)[n] *= std::pow(10, 1.0 / 20);
    write_audio(folder / "a.wav", a, 44100);
    write_audio(folder / "b.wav", b, 44100);
    const auto json = compared(folder);
    REQUIRE(json["spans"].size() == 1);
    CHECK_THAT(json["spans"][0]["from_s"].get<double>(), WithinAbs(6, 0.11));
    CHECK_THAT(json["spans"][0]["to_s"].get<double>(), WithinAbs(9, 0.11));
    CHECK_THAT(json["spans"][0]["gain_db"].get<double>(), WithinAbs(1, 0.01));
    CHECK_THAT(json["gain_db"].get<double>(), WithinAbs(0, 0.001));
}

TEST_CASE("compare: two renders are compared file by file, wherever their folders lie", "[e2e]") {
    const TemporaryFolder folder;
    write_audio(folder / "one.wav", music_like(44100, 6), 44100);
    write_audio(folder / "two.wav", music_like(44100, 6, 2, 2), 44100);
    write_text(folder / "album.toml",
               "[album]\nnormalize = \"off\"\n[[chain]]\ntype = \"gain\"\ngain_db = -3\n"
               "[[track]]\nsource = \"one.wav\"\n[[track]]\nsource = \"two.wav\"\n"
               "[[deliver]]\nname = \"w\"\nbits = 24\ndither = \"off\"\n"
               "[[deliver]]\nname = \"f\"\nformat = \"flac\"\nbits = 16\ndir = \"flac\"\n");
    const auto render = [&](const std::string& out, const std::string& more) {
        REQUIRE(
            run_lathe("render " + (folder / "album.toml").string() + " --quiet --out " + (folder / out).string() + more)
                .code == 0);
    };
    render("a", "");
    render("b", "");
    render("c", " --deliver w --set gain.gain_db=-3.5");
    std::filesystem::rename(folder / "a", folder / "moved");

    const auto compared_with = [&](const std::string& b) {
        const Ran ran = run_lathe("compare --json " + (folder / "moved").string() + " " + (folder / b).string());
        REQUIRE(ran.code == 0);
        return ran.json();
    };
    const auto same = compared_with("b/lathe.json");
    CHECK(same["identical"] == true);
    CHECK(same["files"].size() == 4);
    const auto other = compared_with("c");
    CHECK(other["identical"] == false);
    REQUIRE(other["files"].size() == 2);
    for (const auto& file : other["files"]) {
        CHECK(file["name"] == "w");
        CHECK_THAT(file["gain_db"].get<double>(), WithinAbs(-0.5, 0.001));
    }
    CHECK(other["only_a"].size() == 2);
    CHECK(other["only_b"].empty());

    const Ran mixed = run_lathe("compare " + (folder / "moved").string() + " " + (folder / "one.wav").string());
    CHECK(mixed.code == 2);
    CHECK(mixed.err.find("two files or two renders") != std::string::npos);
    std::filesystem::create_directory(folder / "empty");
    CHECK(run_lathe("compare " + (folder / "moved").string() + " " + (folder / "empty").string()).code == 2);
}
