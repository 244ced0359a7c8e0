// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/solve.h"

#include <cmath>

#include "app/render/hold_gains.h"
#include "app/render/render.h"
#include "dsp/core/error.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string tracks =
    "[[track]]\nid = \"a\"\nsource = \"a.wav\"\n[[track]]\nid = \"b\"\nsource = \"b.wav\"\ngain_db = -6\n"
    "[[deliver]]\ndir = \"out\"\n";
const std::string limiter = "[[chain]]\ntype = \"limiter\"\n";

SolvedGains solved(const Album& album, const Desk& desk) {
    RenderOptions options;
    options.spill_folder = desk.path() / "spill";
    RenderProgress progress;
    return solve_album(album, options, progress, Cancel());
}

/// Loudness of a source as it lies on the disk.
double lufs_of(const Desk& desk, const char* name) {
    return *measure_file(desk.path() / name, MonoWeight::single, Cancel()).integrated_lufs;
}

std::string head(const std::string& normalize, double lufs = -20) {
    return "[album]\nloudness_lufs = " + std::to_string(lufs) + "\nnormalize = \"" + normalize + "\"\n";
}

}  // namespace

TEST_CASE("solve: with no chain the gain is the target less the sources' loudness, in every scope", "[render]") {
    const Desk desk;
    const double a = lufs_of(desk, "a.wav"), b = lufs_of(desk, "b.wav") - 6;
    const SolvedGains track = solved(desk.album(head("track") + tracks), desk);
    CHECK_THAT(track.gains.at(0).solved_db, WithinAbs(-20 - a, 1e-3));
    CHECK_THAT(track.gains.at(1).solved_db, WithinAbs(-20 - b, 1e-3));
    const SolvedGains loudest = solved(desk.album(head("loudest") + tracks), desk);
    CHECK_THAT(loudest.gains.at(0).solved_db, WithinAbs(-20 - a, 1e-3));
    CHECK(loudest.gains.at(1).solved_db == loudest.gains.at(0).solved_db);
    // As long as one another and steady, the two pool to the mean of their powers.
    const double pooled = 10 * std::log10((std::pow(10, a / 10) + std::pow(10, b / 10)) / 2);
    const SolvedGains album = solved(desk.album(head("album") + tracks), desk);
    CHECK_THAT(album.gains.at(0).solved_db, WithinAbs(-20 - pooled, 0.02));
    CHECK(album.gains.at(1).solved_db == album.gains.at(0).solved_db);
}

TEST_CASE("solve: the same gains however often it runs, and typed gain moves the solved one by its opposite",
          "[render]") {
    const Desk desk;
    const std::string text = head("album", -12) + "true_peak_dbtp = -1\n" + limiter + tracks;
    const SolvedGains first = solved(desk.album(text), desk), again = solved(desk.album(text), desk);
    REQUIRE(first.gains.size() == 2);
    CHECK(first.gains[0].solved_db == again.gains[0].solved_db);
    const Edit typed[] = {parse_edit("album.gain_db=3")};
    const SolvedGains moved = solved(with_edits(desk.album(text), typed), desk);
    CHECK_THAT(moved.gains[0].solved_db + 3, WithinAbs(first.gains[0].solved_db, 0.05));
}

TEST_CASE("solve: a loud master takes one pass to the gain point and two behind it at most, and so does a hopeless one",
          "[render]") {
    const Desk desk;
    desk.write("music.wav", [] {  // swelling and fading, with its peaks far above its power
        AudioBuffer<double> music = noise(1, 8 * desk_rate, 2);
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < music.frames(); ++n) {
                const double t = static_cast<double>(n) / desk_rate, swell = std::pow(std::sin(2 * t), 2.0);
                music.channel(c)[n] = 0.5 * swell * std::pow(music.channel(c)[n], 3);
            }
        return music;
    }());
    const std::string music = "[[track]]\nsource = \"music.wav\"\n[[deliver]]\ndir = \"out\"\n";
    const double lufs = GENERATE(-22.0, -20.0, -18.0, 0.0);
    CAPTURE(lufs);
    RenderOptions options;
    options.spill_folder = desk.path() / "spill";
    RenderProgress progress;
    const SolvedGains gains = solve_album(desk.album(head("track", lufs) + "true_peak_dbtp = -1\n" + limiter + music),
                                          options, progress, Cancel());
    CHECK(gains.target_failed == (lufs == 0));
    CHECK(progress.done() <= 3 * 8 * desk_rate);
}

TEST_CASE("hold: one gain goes to its master, gains of tracks to the tracks, on top of what is typed", "[render]") {
    const auto edits = [](const Album& album, std::initializer_list<SolvedGains::Gain> gains) {
        std::string text;
        for (const Edit& edit : edits_to_hold(album, {gains, {}, false})) text += edit.path + "=" + edit.value + " ";
        return text;
    };
    const Desk desk;
    CHECK(edits(desk.album(head("album") + "gain_db = 1.5\n" + tracks),
                {{"main", "a", 1.5, 2.0625}, {"main", "b", -4.5, 2.0625}}) ==
          "album.gain_db=3.5625 album.normalize=\"off\" ");
    CHECK(edits(desk.album(head("track") + tracks), {{"main", "a", 0, -1.25}, {"main", "b", -6, 7}}) ==
          "track.a.gain_db=-1.25 track.b.gain_db=1.0 album.normalize=\"off\" ");
    CHECK(edits(desk.album(head("off") + tracks), {}) == "");
    const Album two = desk.album(head("track") + tracks + "[[master]]\nname = \"vinyl\"\n");
    CHECK_THROWS_AS(edits_to_hold(two, {}), InputError);
}
