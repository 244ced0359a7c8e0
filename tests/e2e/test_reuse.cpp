// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Three songs through an equaliser and a limiter, to one loudness.
std::string album(const TemporaryFolder& folder) {
    std::string text =
        "[album]\nloudness_lufs = -14\ntrue_peak_dbtp = -1\nnormalize = \"track\"\n"
        "[[chain]]\ntype = \"eq\"\nbands = [ { hz = 300, gain_db = 2 } ]\n[[chain]]\ntype = \"limiter\"\n";
    for (int i = 1; i <= 3; ++i) {
        write_audio(folder / fmt::format("{}.wav", i), music_like(44100, 4, 2, static_cast<unsigned>(i)), 44100);
        text += fmt::format("[[track]]\nid = \"{0}\"\nsource = \"{0}.wav\"\n", i);
    }
    write_text(folder / "album.toml", text + "[[deliver]]\nbits = 24\ndir = \"out\"\n");
    return (folder / "album.toml").string();
}

struct Reused {
    int files, cached;
    std::string why;  ///< of each track that was rendered: "2: its settings …; "
};

Reused reused(const std::string& arguments) {
    const Ran ran = run_lathe("render " + arguments + " --json");
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
    const auto json = ran.json();
    Reused found{json["files_in_place"], 0, ""};
    for (const auto& programme : json["programmes"]) {
        if (programme["cached"])
            ++found.cached;
        else
            found.why +=
                fmt::format("{}: {}; ", programme["programme"].get<std::string>(), programme["why"].get<std::string>());
    }
    return found;
}

/// Of all that lies in the cache.
std::uintmax_t cached_bytes(const TemporaryFolder& folder) {
    std::uintmax_t sum = 0;
    for (const std::string& file : folder.files())
        if (file.starts_with("cache/")) sum += std::filesystem::file_size(folder / file);
    return sum;
}

}  // namespace

TEST_CASE("reuse: a render says what it had from earlier ones, and why it rendered the rest", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder), call = path + " --cache " + (folder / "cache").string();

    Reused found = reused(call);
    CHECK(found.files == 0);
    CHECK(found.cached == 0);
    CHECK(found.why.starts_with("1: not rendered into this folder before; "));

    found = reused(call);
    CHECK(found.files == 3);
    CHECK(found.cached == 3);
    CHECK(found.why.empty());

    found = reused(call + " --set track.2.set.eq.bands.1.gain_db=-3");
    CHECK(found.files == 2);
    CHECK(found.why == "2: its settings up to the gain point changed; ");

    found = reused(call + " --set limiter.release_ms=300");
    CHECK(found.files == 0);
    CHECK(found.cached == 3);

    reused(call);
    found = reused(call + " --set track.3.title=Three");  // its name too
    CHECK(found.files == 2);
    CHECK(found.cached == 3);

    write_audio(folder / "1.wav", music_like(44100, 4, 2, 9), 44100);
    found = reused(call);
    CHECK(found.why == "1: its source, trim or input gain changed; ");

    found = reused(call + " --precision f64");
    CHECK(found.files == 0);
    CHECK(found.why.starts_with("1: another build, precision or instruction set; "));

    found = reused(call);
    std::filesystem::remove_all(folder / "cache");
    found = reused(call);
    CHECK(found.why.starts_with("1: no longer in the cache; "));
    found = reused(call + " --no-cache");
    CHECK(found.why.starts_with("1: the cache is off; "));
}

TEST_CASE("reuse: a title changed writes the file with its new name and tags, and renders nothing", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder),
                      formats =
                          "[[deliver]]\nformat = \"flac\"\ndir = \"flac\"\n[[deliver]]\nbits = \"float\"\ndir = "
                          "\"float\"\n",
                      call = "render " + path + " --json --cache " + (folder / "cache").string();
    write_text(path, read_text(path) + formats);
    REQUIRE(run_lathe(call).code == 0);
    for (const std::string title : {"Three", "Drei"}) {
        const std::string titled = " --set track.3.title=" + title;
        const auto json = run_lathe(call + titled).json();
        CHECK(json["files_in_place"] == 6);
        CHECK(json["files_retagged"] == 3);
        for (const auto& stage : json["timing"]["stages"]) {
            CAPTURE(stage["name"].get<std::string>());
            CHECK((stage["cached"] == true || stage["name"] == "retag"));
        }
        const auto afresh =
            run_lathe("render " + path + titled + " --json --no-cache --force --out " + (folder / "afresh").string())
                .json();
        for (std::size_t d = 0; d < 3; ++d) {
            const auto &now = json["tracks"][2]["deliverables"][d], &right = afresh["tracks"][2]["deliverables"][d];
            CHECK(now["sha256"] == right["sha256"]);
            CHECK(now["audio_sha256"] == right["audio_sha256"]);
            CHECK(now["integrated_lufs"] == right["integrated_lufs"]);
            CHECK(now["path"].get<std::string>().find(title) != std::string::npos);
        }
    }
}

TEST_CASE("reuse: songs in another order are written with new names and tags, and nothing is rendered", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder), text = read_text(path),
                      first = "[[track]]\nid = \"1\"\nsource = \"1.wav\"\n";
    const std::string call = "render " + path + " --cache " + (folder / "cache").string();
    REQUIRE(run_lathe(call).code == 0);
    std::string turned = text;
    turned.erase(turned.find(first), first.size());
    turned.insert(turned.find("[[deliver]]"), first);
    write_text(path, turned);
    const Ran ran = run_lathe(call + " --stages");
    REQUIRE(ran.code == 0);
    CHECK(ran.out.find("3 of 3 files have the sound of an earlier render, and new names or tags\n") !=
          std::string::npos);
    CHECK(ran.out.find("rendered track") == std::string::npos);
    CHECK(ran.out.find("\nretag") != std::string::npos);
    CHECK(ran.out.find("\nlimiter") == std::string::npos);
}

TEST_CASE("reuse: notes and references change nothing that is rendered, nor need a reference's file be there",
          "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder), call = path + " --cache " + (folder / "cache").string();
    reused(call);
    const std::string text = read_text(path);
    const std::string note = "[[track.note]]\nat = \"0:01\"\ntext = \"louder?\"\n";
    const std::size_t deliver = text.find("[[deliver]]");
    write_text(path, text.substr(0, deliver) + note + "[[reference]]\nsource = \"not there.wav\"\ntrim_db = -3\n" +
                         text.substr(deliver));
    const Reused found = reused(call);
    CHECK(found.files == 3);
    CHECK(found.cached == 3);
    const auto info = run_lathe("info " + path + " --json").json();
    CHECK(info["references"][0]["source"] == (folder / "not there.wav").string());
    CHECK(info["references"][0]["trim_db"] == -3);
    CHECK(info["tracks"][2]["notes"][0]["at"] == 1);
    CHECK(info["tracks"][2]["notes"][0]["text"] == "louder?");
    const std::string shown = run_lathe("info " + path).out;
    CHECK(shown.find("[[track.note]]\nat = 1\ntext = \"louder?\"\ndone = false\n") != std::string::npos);
    CHECK(shown.find("[[reference]]\nsource = \"not there.wav\"\ntitle = \"not there\"\n") != std::string::npos);
}

TEST_CASE("reuse: a fade, the target or the ceiling changed is never taken from earlier renders", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder), call = "render " + path + " --json --cache " + (folder / "cache").string();
    const auto hash_of_2 = [](const std::string& arguments) {
        return run_lathe(arguments).json()["tracks"][1]["deliverables"][0]["sha256"].get<std::string>();
    };
    const std::string before = hash_of_2(call);
    for (const std::string change : {"track.2.fade_out_ms=500", "track.2.fade_in_ms=20", "album.loudness_lufs=-14.5",
                                     "album.true_peak_dbtp=-1.05"}) {
        CAPTURE(change);
        const std::string changed = hash_of_2(call + " --set " + change);
        CHECK(changed != before);
        CHECK(hash_of_2("render " + path + " --json --no-cache --force --set " + change) == changed);
        CHECK(hash_of_2(call) == before);
    }
}

TEST_CASE("reuse: --dry-run says what is cached and why the rest is not, and makes nothing", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder), call = "render " + path + " --cache " + (folder / "cache").string();
    REQUIRE(run_lathe(call + " --quiet").code == 0);
    const auto before = folder.files();
    const auto stages = run_lathe(call + " --dry-run --json --set track.2.set.eq.bands.1.gain_db=-3").json()["stages"];
    REQUIRE(stages.size() == 3);
    CHECK(stages[0]["cached"] == true);
    CHECK(stages[1]["cached"] == false);
    CHECK(stages[1]["why"] == "its settings up to the gain point changed");
    CHECK(folder.files() == before);
}

TEST_CASE("cache: --cache-limit keeps it small, a limit of nothing empties it", "[e2e]") {
    const TemporaryFolder folder;
    const std::string path = album(folder), call = "render " + path + " --quiet --cache " + (folder / "cache").string();
    REQUIRE(run_lathe(call).code == 0);
    CHECK(cached_bytes(folder) > 3 * 4 * 44100 * 8);  // three songs of 4 s in float
    REQUIRE(run_lathe(call + " --cache-limit 0.003").code == 0);
    CHECK(cached_bytes(folder) <= 3000000);
    REQUIRE(run_lathe(call + " --cache-limit 0").code == 0);
    CHECK(cached_bytes(folder) == 0);
}

TEST_CASE("reuse: a limiter alone reads plain files again, and keeps nothing of them but what they measure", "[e2e]") {
    const TemporaryFolder folder;
    const AudioBuffer<double> song = music_like(44100, 8, 2, 1);
    write_audio(folder / "plain.wav", song, 44100, Container::wav, SampleFormat::pcm24);
    write_audio(folder / "coded.flac", song, 44100, Container::flac, SampleFormat::pcm24);
    const auto render = [&](const std::string& source, const std::string& more) {
        write_text(folder / "album.toml",
                   fmt::format("[album]\nloudness_lufs = -10\ntrue_peak_dbtp = -1\n[[chain]]\ntype = \"limiter\"\n"
                               "[[track]]\nid = \"1\"\nsource = \"{}\"\n"
                               "[[deliver]]\nbits = 24\ndither = \"off\"\ndir = \"out\"\n",
                               source));
        const Ran ran = run_lathe("render " + (folder / "album.toml").string() + " --json --force --cache " +
                                  (folder / "cache").string() + more);
        CAPTURE(ran.err);
        REQUIRE(ran.code == 0);
        return ran.json();
    };
    const auto made_of = [](const auto& json) {
        const auto& file = json["tracks"][0]["deliverables"][0];
        return file["audio_sha256"].template get<std::string>() + file["integrated_lufs"].dump() +
               file["solved_gain_db"].dump();
    };

    const auto plain = render("plain.wav", "");
    const std::uintmax_t of_plain = cached_bytes(folder), of_song = 8 * 44100 * 8;  // in float
    CHECK(of_plain < of_song / 8);
    const auto coded = render("coded.flac", "");
    CHECK(cached_bytes(folder) - of_plain > of_song);
    CHECK(made_of(coded) == made_of(plain));
    CHECK(made_of(render("plain.wav", " --no-cache")) == made_of(plain));

    for (const std::string source : {"plain.wav", "coded.flac"}) {
        CAPTURE(source);
        render(source, "");
        const auto again = render(source, "");
        CHECK(again["files_in_place"] == 1);
        for (const auto& stage : again["timing"]["stages"]) {
            CAPTURE(stage["name"].get<std::string>());
            CHECK(stage["cached"] == true);
        }
        const auto released = render(source, " --set limiter.release_ms=300");
        CHECK(released["files_in_place"] == 0);
        CHECK(made_of(released) != made_of(plain));
        for (const auto& programme : released["programmes"]) CHECK(programme["cached"] == true);
    }
}

TEST_CASE("reuse: a version is told from its main one", "[e2e]") {
    const TemporaryFolder folder;
    for (int i = 1; i <= 2; ++i)
        write_audio(folder / fmt::format("{}.wav", i), music_like(44100, 4, 2, static_cast<unsigned>(i)), 44100);
    const auto album_with = [&](double version_gain_db) {
        write_text(
            folder / "album.toml",
            fmt::format("[album]\nloudness_lufs = -20\n[[chain]]\ntype = \"eq\"\nbands = [ {{ hz = 300, gain_db = "
                        "2 }} ]\n[[track]]\nid = \"1\"\nsource = \"1.wav\"\n[[track.version]]\nname = "
                        "\"edit\"\nsource = \"2.wav\"\nset.eq.bands.1.gain_db = {}\n[[deliver]]\nversions = "
                        "[\"main\", \"edit\"]\nfile = \"{{number}} {{version}}\"\n",
                        version_gain_db));
    };
    const std::string call = (folder / "album.toml").string() + " --cache " + (folder / "cache").string();
    album_with(-1);
    reused(call);
    album_with(-3);
    CHECK(reused(call).why == "1 (edit): its settings up to the gain point changed; ");
}
