// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string track = "[[track]]\nid = \"one\"\nsource = \"in.wav\"\n";
const std::string deliver = "[[deliver]]\nname = \"d\"\ndir = \"out\"\n";

/// A folder with a good in.wav, and an album made of the given text.
struct Desk {
    TemporaryFolder folder;
    explicit Desk(const std::string& album) {
        write_audio(folder / "in.wav", noise(0.1, 44100, 2, 3), 44100);
        write_text(folder / "album.toml", album);
    }
    std::string album() const { return (folder / "album.toml").string(); }
    Ran render(const std::string& options = "") const { return run_lathe("render " + album() + " " + options); }
    /// Whether no deliverable, manifest or temporary file lies there.
    bool is_clean() const {
        const auto files = folder.files();
        return std::none_of(files.begin(), files.end(), [](const std::string& f) {
            return f.starts_with("out/") || f.find("lathe") != std::string::npos;
        });
    }
};

/// Exit 2, one line on stderr that has all these words, and nothing written.
void check_refused(const Desk& desk, const std::vector<std::string>& words) {
    const Ran ran = desk.render();
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    for (const std::string& word : words) {
        CAPTURE(word);
        CHECK(ran.err.find(word) != std::string::npos);
    }
    CHECK(desk.is_clean());
}

}  // namespace

TEST_CASE("bad input: a missing source names the album's line and the file", "[e2e]") {
    check_refused(Desk("[[track]]\nsource = \"gone.wav\"\n" + deliver), {"album.toml:", "gone.wav"});
}

TEST_CASE("bad input: what is not audio, cut short, empty or without frames is refused by name", "[e2e]") {
    Desk desk(track + deliver);
    const std::string whole = read_text(desk.folder / "in.wav");
    SECTION("not audio") {
        write_text(desk.folder / "in.wav", "this is a letter, not a song\n");
        check_refused(desk, {"in.wav", "audio"});
    }
    SECTION("cut short") {
        write_text(desk.folder / "in.wav", whole.substr(0, whole.size() / 2));
        check_refused(desk, {"in.wav", "short"});
    }
    SECTION("zero length") {
        write_text(desk.folder / "in.wav", "");
        check_refused(desk, {"in.wav"});
    }
    SECTION("no channels") {
        std::string none = whole;
        const std::size_t channels = none.find("fmt ") + 10;
        none[channels] = none[channels + 1] = 0;
        write_text(desk.folder / "in.wav", none);
        check_refused(desk, {"in.wav"});
    }
    SECTION("no frames") {
        write_audio(desk.folder / "in.wav", AudioBuffer<double>(2, 0), 44100);
        check_refused(desk, {"in.wav", "frames"});
    }
}

TEST_CASE("bad input: NaN and infinite samples are reported with their place", "[e2e]") {
    const double bad = GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity());
    Desk desk(track + "[[chain]]\ntype = \"gain\"\ngain_db = -1\n" + deliver);
    AudioBuffer<double> audio = noise(0.1, 44100, 2, 3);
    audio.channel(1)[22050] = bad;
    write_audio(desk.folder / "in.wav", audio, 44100, Container::wav, SampleFormat::float32);
    check_refused(desk, {"in.wav", "0.5"});
}

TEST_CASE("bad input: the album file's mistakes name line, key and what was meant", "[e2e]") {
    struct Case {
        std::string chain;
        std::vector<std::string> words;
    };
    const Case c = GENERATE(
        Case{"[[chain]]\ntype = \"limiter\"\nlookahed_ms = 3\n", {"album.toml:3", "lookahed_ms", "lookahead_ms"}},
        Case{"[[chain]]\ntype = \"limitr\"\n", {"album.toml:2", "limitr", "limiter"}},
        Case{"[[chain]]\ntype = \"gain\"\ngain_db = \"3 dB\"\n", {"album.toml:3", "gain_db", "number"}},
        Case{"[[chain]]\ntype = \"limiter\"\nstyle = \"clen\"\n", {"album.toml:3", "style", "clean"}},
        Case{"[[chain]]\ntype = \"stereo\"\nwidth = 9\n", {"album.toml:3", "width", "0 to 4"}},
        Case{"[[chain]]\ntype = \"eq\"\nbands = [ { type = \"bell\", hz = 400, gain_db = 99 } ]\n",
             {"album.toml:3", "gain_db"}},
        Case{"[[chain]]\ntype = \"deesser\"\n", {"not available in this version"}},
        Case{"[[chain]]\ntype = \"multiband\"\ncrossovers_hz = [500, 100]\nbands = [ {}, {}, {} ]\n",
             {"album.toml:", "crossovers_hz"}},
        Case{"[[chain]]\ntype = \"multiband\"\ncrossovers_hz = [100, 30000]\nbands = [ {}, {}, {} ]\n",
             {"album.toml:", "multiband", "30000", "22050"}},
        Case{"[[chain]]\ntype = \"reverb\"\nir = \"gone.wav\"\n", {"album.toml:", "reverb", "gone.wav"}});
    CAPTURE(c.chain);
    check_refused(Desk(c.chain + track + deliver), c.words);
}

TEST_CASE("bad input: pairs that a format cannot hold name the nearest that it can", "[e2e]") {
    check_refused(Desk(track + "[[deliver]]\nname = \"d\"\nformat = \"flac\"\nbits = 32\ndir = \"out\"\n"),
                  {"flac", "24"});
    check_refused(Desk(track + "[[deliver]]\nname = \"d\"\nformat = \"opus\"\nsample_rate = 44100\ndir = \"out\"\n"),
                  {"opus", "48000"});
    check_refused(Desk(track + "[[deliver]]\nname = \"d\"\nformat = \"ddp\"\ndir = \"out\"\n"),
                  {"not available in this version"});
}

TEST_CASE("bad input: two deliverables of one path, and a deliverable over its source, are refused", "[e2e]") {
    check_refused(Desk(track + deliver + "[[deliver]]\nname = \"e\"\ndir = \"out\"\nbits = 16\n"), {"out/"});
    check_refused(Desk(track + "[[deliver]]\nname = \"d\"\nfile = \"in\"\ndir = \".\"\n"), {"in.wav", "source"});
}

TEST_CASE("bad usage: unknown commands, options and words name the nearest", "[e2e]") {
    const Ran command = run_lathe("rendr x.toml");
    CHECK(command.code == 2);
    CHECK(command.err.find("\"render\"") != std::string::npos);
    const Ran option = run_lathe("render x.toml --drry-run");
    CHECK(option.code == 2);
    CHECK(option.err.find("--dry-run") != std::string::npos);
    const Ran device = run_lathe("render x.toml --device cudaa");
    CHECK(device.code == 2);
    CHECK(device.err == "lathe: --device: no device \"cudaa\"; did you mean \"cuda\"? (auto, cpu, cuda)\n");
    const Ran later = run_lathe("mix x.toml");
    CHECK(later.code == 2);
    CHECK(later.err.find("not available in this version") != std::string::npos);
    const Ran window = run_lathe("studio x.toml", "unset DISPLAY WAYLAND_DISPLAY; ");
    CHECK(window.code == 3);
    CHECK(window.err.find("no display") != std::string::npos);
}

TEST_CASE("a file in the way that no render made is not overwritten without --force; the render's own are", "[e2e]") {
    Desk desk(track + "[[deliver]]\nname = \"d\"\ndir = \"out\"\nfile = \"x\"\n");
    std::filesystem::create_directories(desk.folder / "out");
    write_text(desk.folder / "out/x.wav", "mine");
    const Ran refused = desk.render();
    CHECK(refused.code == 2);
    CHECK(refused.err.find("x.wav") != std::string::npos);
    CHECK(read_text(desk.folder / "out/x.wav") == "mine");
    CHECK(desk.render("--force").code == 0);
    CHECK(desk.render().code == 0);
}

TEST_CASE("files that are no longer made are stale, and --prune removes those and nothing else", "[e2e]") {
    Desk desk(track + "[[deliver]]\nname = \"d\"\ndir = \"out\"\nfile = \"x\"\n");
    REQUIRE(desk.render().code == 0);
    write_text(desk.folder / "out/notes.txt", "mine");
    write_text(desk.folder / "album.toml", track + "[[deliver]]\nname = \"d\"\ndir = \"out\"\nfile = \"y\"\n");
    const Ran ran = desk.render("--json");
    REQUIRE(ran.code == 0);
    CHECK(ran.json()["stale"].size() == 1);
    CHECK(std::filesystem::exists(desk.folder / "out/x.wav"));
    REQUIRE(desk.render("--prune").code == 0);
    CHECK_FALSE(std::filesystem::exists(desk.folder / "out/x.wav"));
    CHECK(std::filesystem::exists(desk.folder / "out/y.wav"));
    CHECK(read_text(desk.folder / "out/notes.txt") == "mine");
}

TEST_CASE("a disk that is full ends in exit 3, and nothing half-written stays", "[e2e]") {
    Desk desk(track + deliver);
    const Ran ran =
        run_lathe("render " + desk.album(), "ulimit -f 40; ");  // files of at most 20 KiB (512-byte blocks) or 40 KiB
    CAPTURE(ran.err);
    CHECK(ran.code == 3);
    CHECK(desk.is_clean());
}

TEST_CASE("a file system without room ends in exit 3 and one line; what was delivered before stays as it was",
          "[e2e]") {
    Desk desk(track + deliver);
    const std::filesystem::path small = desk.folder / "small";
    std::filesystem::create_directories(small);
    if (::geteuid() != 0 || ::mount("tmpfs", small.c_str(), "tmpfs", 0, "size=320k") != 0) {
        WARN("skipped: a small file system can be mounted by root alone, where the kernel allows it");
        return;
    }
    const std::string out = "--out " + small.string();  // 1 s of stereo at 24 bits takes 259 KiB
    const Ran first = desk.render(out);
    const std::string delivered = sha256_of_file(small / "out/01 in.wav"), manifest = read_text(small / "lathe.json");
    write_audio(desk.folder / "in.wav", noise(0.1, 30000, 2, 9), 44100);
    const Ran ran = desk.render(out);  // the new file does not fit beside the old one
    std::vector<std::string> left;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(small))
        if (entry.is_regular_file()) left.push_back(entry.path().lexically_relative(small).string());
    std::sort(left.begin(), left.end());
    const std::string still = sha256_of_file(small / "out/01 in.wav"), still_listed = read_text(small / "lathe.json");
    ::umount(small.c_str());
    INFO(ran.err);
    CHECK(first.code == 0);
    CHECK(ran.code == 3);
    CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    CHECK(ran.err.find("01 in.wav") != std::string::npos);
    CHECK(ran.err.find("space") != std::string::npos);
    CHECK(left == std::vector<std::string>{"lathe.json", "out/01 in.wav"});
    CHECK(still == delivered);
    CHECK(still_listed == manifest);
}

TEST_CASE("an output folder that cannot be written, or is being rendered into, ends in exit 3", "[e2e]") {
    Desk desk(track + deliver);
    write_text(desk.folder / "file", "");
    const Ran blocked = desk.render("--out " + (desk.folder / "file/below").string());
    CAPTURE(blocked.err);
    CHECK(blocked.code == 3);
    const int held = ::open(desk.folder.path().c_str(), O_RDONLY | O_DIRECTORY);
    REQUIRE(::flock(held, LOCK_EX) == 0);
    const Ran second = desk.render();
    ::close(held);
    CHECK(second.code == 3);
    CHECK(second.err.find("another render") != std::string::npos);
    CHECK(desk.is_clean());
}

TEST_CASE("Ctrl-C ends a render with 130, and nothing half-written stays", "[e2e]") {
    // Two minutes at 192 kHz take long to write: the signal comes as soon as there is a file that is begun.
    Desk desk(reference_chain() + track + "[[deliver]]\ndir = \"out\"\nsample_rate = 192000\ndither = \"shaped\"\n");
    write_audio(desk.folder / "in.wav", music_like(44100, 120), 44100);
    const Ran ran = run_shell(
        fmt::format("{{ {} render {} & pid=$!; while kill -0 $pid && [ -z \"$(ls -A {})\" ]; do sleep 0.01; done; "
                    "kill -INT $pid; wait $pid; }}",
                    LATHE_PROGRAM, desk.album(), (desk.folder / "out").string()));
    CAPTURE(ran.err);
    CHECK(ran.code == 130);
    CHECK(ran.err.find("interrupted") != std::string::npos);
    CHECK(desk.is_clean());
}
