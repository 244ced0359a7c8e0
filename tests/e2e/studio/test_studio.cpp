// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numbers>

#include "app/media/audio_file.h"
#include "tests/e2e/studio/window.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// The hashes of every audio file below a folder that lies where the album's deliveries go.
std::map<std::string, std::string> masters_in(const std::filesystem::path& folder) {
    std::map<std::string, std::string> hashes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "masters"))
        if (entry.is_regular_file() && entry.path().filename() != "lathe.json")
            hashes[entry.path().lexically_relative(folder).string()] = sha256_of_file(entry.path());
    return hashes;
}

std::string script_text(const std::string& name) {
    return read_text(std::filesystem::path(LATHE_SOURCE_DIR) / "tests/e2e/studio" / name);
}

/// The demo album, six seconds of each song.
std::filesystem::path short_album(const TemporaryFolder& folder) {
    std::string text = read_text(folder / "album.toml");
    for (std::size_t at = 0; (at = text.find("\nsource = ", at)) != std::string::npos; ++at)
        text.insert(at, "\nend = 6.0"), at += 10;
    write_text(folder / "album.toml", text);
    return folder / "album.toml";
}

/// Plays one of the scripts beside this file on it.
void run_on_short_demo(const TemporaryFolder& folder, const std::string& script) {
    REQUIRE(run_lathe(fmt::format("demo {}", folder.path().string())).code == 0);
    const Ran ran = run_script(folder, short_album(folder), script_text(script));
    INFO(ran.err);
    REQUIRE(ran.code == 0);
}

/// An album of a tone between 20 Hz and 20 kHz: 3.5 s at −12.04 dBFS, 4.5 s 20 dB lower. Song one has it on both sides
/// alike, song two opposite. A linear-phase equaliser with a bell and a steep high pass.
std::filesystem::path tone_album(const TemporaryFolder& folder) {
    constexpr int rate = 44100;
    for (const double right : {1.0, -1.0}) {
        AudioBuffer<double> audio(2, 8 * rate);
        for (Frames n = 0; n < audio.frames(); ++n) {
            const double turn = 2 * std::numbers::pi * std::sqrt(20.0 * 20000) * static_cast<double>(n) / rate;
            audio.channel(0)[n] = (2 * n < 7 * rate ? 0.25 : 0.025) * std::sin(turn);
            audio.channel(1)[n] = right * audio.channel(0)[n];
        }
        write_audio(folder / (right > 0 ? "one.wav" : "two.wav"), audio, rate);
    }
    write_text(folder / "album.toml",
               "[[chain]]\ntype = \"eq\"\nbands = [ { name = \"bell\", hz = 3000, gain_db = 6, q = 4 }, { name = "
               "\"cut\", type = \"high_pass\", hz = 30, slope_db_oct = 96 } ]\n"
               "[[track]]\nid = \"one\"\nsource = \"one.wav\"\n[[track]]\nid = \"two\"\nsource = \"two.wav\"\n"
               "[[reference]]\nsource = \"two.wav\"\n");
    return folder / "album.toml";
}

}  // namespace

TEST_CASE("studio: drag, reorder, type, undo, save and deliver; the bytes are those of a render of the saved album",
          "[studio]") {
    const TemporaryFolder folder;
    REQUIRE(run_lathe(fmt::format("demo {}", folder.path().string())).code == 0);
    const std::string before = read_text(folder / "album.toml");
    const Ran ran = run_script(folder, folder / "album.toml", script_text("whole.script"));
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    const std::string saved = read_text(folder / "album.toml");
    CHECK(saved != before);
    CHECK(saved.find("true_peak_dbtp = -2") != std::string::npos);
    CHECK(saved.find("# no deliverable passes it") != std::string::npos);
    CHECK(saved.find("id = \"copper\"") < saved.find("id = \"harbour\""));

    const auto delivered = masters_in(folder.path());
    REQUIRE(delivered.size() >= 6);
    const TemporaryFolder other;
    REQUIRE(
        run_lathe(fmt::format("render {} --out {}", (folder / "album.toml").string(), other.path().string())).code ==
        0);
    CHECK(masters_in(other.path()) == delivered);
}

TEST_CASE("studio: songs dropped into an empty window become an album", "[studio]") {
    const TemporaryFolder folder;
    write_audio(folder / "01 Tide.wav", music_like(44100, 4), 44100);
    write_audio(folder / "02 Wire.wav", music_like(44100, 5, 2, 7), 44100);
    const Ran ran = run_script(folder, {},
                               fmt::format("drop \"{0}/01 Tide.wav\"\nwait\nexpect album/track/1 is Tide\n"
                                           "drop \"{0}/02 Wire.wav\"\nwait\nexpect album/track/2 is Wire\n"
                                           "expect undo has add\nkey ctrl+s\nexpect save is saved\n"
                                           // the state before, which it was not in
                                           "show compare\nexpect compare/absent is shown\n"
                                           // the song that is chosen stays so, though its number changes, and its
                                           // figures with it, and what it was before
                                           "near overview/end 5 0\ndrag-to album/track/2 album/track/1\nwait\n"
                                           "expect album/track/1 is Wire\nnear overview/end 5 0\n"
                                           "expect compare/residual is -inf\n"
                                           "key ctrl+z\nwait\nexpect album/track/2 is Wire\nnear overview/end 5 0\n",
                                           folder.path().string()));
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    CHECK(run_lathe(fmt::format("info {}", (folder / "album.toml").string())).out.find("Wire") != std::string::npos);
}

TEST_CASE("studio: what is undone wholly leaves the file as it was", "[studio]") {
    const TemporaryFolder folder;
    REQUIRE(run_lathe(fmt::format("demo {}", folder.path().string())).code == 0);
    const std::string before = read_text(folder / "album.toml");
    const Ran ran =
        run_script(folder, folder / "album.toml",
                   "wait\nwheel eq/band/mud 2\nright-click eq/band/air\ndrag eq/band/mud -50 30\n"
                   "expect undo is \"move EQ band mud\"\nkey ctrl+z\nexpect undo is \"bypass EQ band air\"\n"
                   "key ctrl+z\nkey ctrl+z\nexpect undo is \"\"\nexpect save is saved\nkey ctrl+s\n");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    CHECK(read_text(folder / "album.toml") == before);
}

TEST_CASE("studio: work that is two seconds old when the window is killed is back when it opens again", "[studio]") {
    const TemporaryFolder folder;
    REQUIRE(run_lathe(fmt::format("demo {}", folder.path().string())).code == 0);
    const Ran killed =
        run_script(folder, folder / "album.toml",
                   "wait\ndouble-click album.loudness_lufs\ntype -11\nkey enter\nshell \"sleep 2; kill -9 $PPID\"\n");
    REQUIRE(killed.code != 0);
    CHECK(read_text(folder / "album.toml").find("-11") == std::string::npos);
    const Ran again = run_script(folder, folder / "album.toml",
                                 "wait\nexpect album.loudness_lufs is -11\nexpect undo is \"recovered work\"\n"
                                 "key ctrl+z\nexpect album.loudness_lufs is -14\n");
    INFO(again.err);
    CHECK(again.code == 0);
}

TEST_CASE("studio: a missing source, a bad album and no album are said in the window", "[studio]") {
    const TemporaryFolder folder;
    write_text(folder / "album.toml", "[[track]]\nsource = \"gone.wav\"\n");
    const Ran missing = run_script(folder, folder / "album.toml", "wait\nexpect status has gone.wav\n");
    INFO(missing.err);
    CHECK(missing.code == 0);
    write_text(folder / "bad.toml", "[[chain]]\ntype = \"eqq\"\n");
    const Ran bad =
        run_script(folder, {}, fmt::format("drop {}\nexpect status has eqq\n", (folder / "bad.toml").string()));
    INFO(bad.err);
    CHECK(bad.code == 0);
    CHECK(run_script(folder, folder / "none.toml", "wait\n").code == 2);
}

TEST_CASE("studio: a graphics system that is reset is told of, and all is drawn again", "[studio]") {
    const TemporaryFolder folder;
    const auto picture = [&](const char* name) { return (folder / name).string(); };
    const std::string saved = "key ctrl+s\nwait\npause 40\nscreenshot ";  // one message in the status line of both
    const Ran ran = run_script(folder, tone_album(folder),
                               "wait\nshow spectrogram\nwait\n" + saved + picture("before.png") +
                                   "\nlose-graphics\npause 2\nexpect status has \"was reset\"\n" + saved +
                                   picture("after.png") + "\n");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    CHECK(sha256_of_file(picture("after.png")) == sha256_of_file(picture("before.png")));
}

TEST_CASE("studio: every hand that the chain's strips offer does what it says", "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "chain.script");
}

TEST_CASE("studio: a resonance that is found is cut, and taken back", "[studio]") {
    const TemporaryFolder folder;
    REQUIRE(run_lathe(fmt::format("demo {}", folder.path().string())).code == 0);
    const Ran ran = run_script(folder, folder / "album.toml", script_text("resonances.script"));
    INFO(ran.err);
    CHECK(ran.code == 0);
}

TEST_CASE("studio: values, snapshots, songs and commands by the keyboard; closing asks for unsaved work", "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "hands.script");
    const Ran again = run_script(folder, {},
                                 "pause 3\nexpect welcome/recent/1 has album.toml\nclick welcome/recent/1\nwait\n"
                                 "expect album/track/harbour has Harbour\nexpect undo is \"recovered work\"\n");
    INFO(again.err);
    CHECK(again.code == 0);
}

TEST_CASE("studio: an album that another program changes is taken up, or asked about", "[studio]") {
    const TemporaryFolder folder;
    REQUIRE(run_lathe(fmt::format("demo {}", folder.path().string())).code == 0);
    const std::filesystem::path album = short_album(folder);
    const Ran ran = run_script(
        folder, album,
        fmt::format("wait\nshell \"'{0}' set '{1}' album.loudness_lufs=-17 --quiet\"\nwait\n"
                    "near album.loudness_lufs -17 0.001\nnear album/total/integrated -17 0.05\nexpect save is saved\n"
                    "click album.true_peak_dbtp\nkey down\nkey escape\n"
                    "shell \"'{0}' set '{1}' album.loudness_lufs=-18 --quiet\"\n"
                    "expect question has \"Another program\"\nclick question/theirs\nwait\n"
                    "near album.loudness_lufs -18 0.001\nnear album.true_peak_dbtp -1 0.001\n"
                    "key ctrl+z\nwait\nnear album.true_peak_dbtp -1.1 0.001\n",
                    LATHE_PROGRAM, album.string()));
    INFO(ran.err);
    CHECK(ran.code == 0);
}

TEST_CASE("studio: a mix that another program replaces is rendered and measured anew", "[studio]") {
    const TemporaryFolder folder;
    const std::filesystem::path album = tone_album(folder);
    const auto file = [&](const char* name) { return (folder / name).string(); };
    const Ran ran = run_script(
        folder, album,
        fmt::format("wait\nkey shift+right\nwait\nexpect \"meter/stereo/all\" is \"1.00 0.00 song 1.00 0.00\"\n"
                    "shell \"cp {} {} && mv {} {}\"\nwait\n"
                    "expect \"meter/stereo/all\" is \"-1.00 1.00 song -1.00 1.00\"\n"
                    "shell \"rm {}\"\nwait\nexpect status has one.wav\n",
                    file("two.wav"), file("new.wav"), file("new.wav"), file("one.wav"), file("one.wav")));
    INFO(ran.err);
    CHECK(ran.code == 0);
}

TEST_CASE("studio: trims and fades are dragged, typed, reset and undone on the overview", "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "time.script");
    const std::string saved = read_text(folder / "album.toml");
    CHECK(saved.find("fade_in_ms = ") != std::string::npos);
    CHECK(saved.find("fade_out_ms") == std::string::npos);
}

TEST_CASE("studio: notes are written at the playhead, moved, done and removed, and stay with the sound", "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "notes.script");
    const std::string saved = read_text(folder / "album.toml");
    CHECK(saved.find("[[track.note]]") != std::string::npos);
    CHECK(saved.find("text = \"too bright here\"") != std::string::npos);
}

TEST_CASE("studio: the album is seen in its sequence, and a gap is dragged, typed, joined and undone", "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "album-time.script");
}

TEST_CASE("studio: what a delivery will do is told of every file beforehand; parts of it can be delivered",
          "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "deliver.script");
}

TEST_CASE("studio: a delivery that is cancelled leaves whole files alone", "[studio]") {
    const TemporaryFolder folder, other;
    REQUIRE(run_lathe(fmt::format("demo {}", folder.path().string())).code == 0);
    const Ran ran = run_script(folder, folder / "album.toml",
                               "wait\nclick view/deliver\nwait\nclick deliver/start\nclick deliver/cancel\nwait\n"
                               "expect deliver is idle\nexpect deliver/error has cancelled\n");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    REQUIRE(
        run_lathe(fmt::format("render {} --out {}", (folder / "album.toml").string(), other.path().string())).code ==
        0);
    const auto whole = masters_in(other.path());
    std::size_t found = 0;
    if (std::filesystem::exists(folder / "masters"))
        for (const auto& [file, hash] : masters_in(folder.path())) {
            CAPTURE(file);
            REQUIRE(whole.count(file) == 1);
            CHECK(hash == whole.at(file));
            ++found;
        }
    CHECK(found < whole.size());
}

TEST_CASE("studio: masters are chosen in one place, and everything speaks of the one chosen", "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "masters.script");
}

TEST_CASE("studio: a song's other version is seen, compared and edited in the place of its main one", "[studio]") {
    const TemporaryFolder folder;
    const std::string tone_text = read_text(tone_album(folder));
    std::string text = tone_text;
    text.insert(text.find("[[track]]\nid = \"two\""), "[[track.version]]\nname = \"quiet\"\nstart = 4.0\n");
    write_text(folder / "album.toml", text);
    const Ran ran = run_script(folder, folder / "album.toml", script_text("versions.script"));
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    const std::string saved = read_text(folder / "album.toml");
    const std::size_t from = saved.find("[[track.version]]"), to = saved.find("[[track]]", from);
    const std::string version = saved.substr(from, to - from);
    INFO(saved);
    CHECK(version.find("start = 5") != std::string::npos);
    CHECK(version.find("gain_db = -3") != std::string::npos);
    CHECK(saved.substr(0, from) + saved.substr(to) == tone_text);  // nothing else has changed
}

TEST_CASE("studio: two states are compared in figures, words and curves, and by ear alone", "[studio]") {
    const TemporaryFolder folder;
    run_on_short_demo(folder, "compare.script");
}

TEST_CASE("studio: the spectrum reads a tone's level over the song, the loop and at the playhead, and the EQ on it",
          "[studio]") {
    const TemporaryFolder folder;
    const Ran ran = run_script(folder, tone_album(folder), script_text("spectrum.script"));
    INFO(ran.err);
    CHECK(ran.code == 0);
}

TEST_CASE("studio: the meters tell loudness on the scale that is chosen, and the stereo picture of what is heard",
          "[studio]") {
    const TemporaryFolder folder;
    const Ran ran = run_script(folder, tone_album(folder), script_text("meters.script"));
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    const Ran again = run_script(folder, folder / "album.toml", "wait\nexpect meter/scale has \"EBU +9\"\n");
    INFO(again.err);
    CHECK(again.code == 0);
}
