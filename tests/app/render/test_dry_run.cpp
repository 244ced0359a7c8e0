// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/dry_run.h"

#include <fmt/format.h>

#include "app/media/audio_file.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string text = R"([album]
loudness_lufs = -20
true_peak_dbtp = -1
normalize = "track"
[[chain]]
type = "eq"
bands = [ { hz = 300, gain_db = -2.0 } ]
[[chain]]
type = "limiter"
[[track]]
id = "a"
source = "a.wav"
[[track]]
id = "b"
source = "b.wav"
title = "B"
[[track]]
id = "c"
source = "c.wav"
[[master]]
name = "quiet"
loudness_lufs = -26
normalize = "album"
[[deliver]]
name = "cd"
bits = 16
dir = "cd"
[[deliver]]
name = "hi"
dir = "hi"
format = "flac"
[[deliver]]
name = "quiet"
master = "quiet"
dir = "quiet"
)";

std::string with(const std::string& what, const std::string& instead) {
    std::string changed = text;
    REQUIRE(changed.find(what) != std::string::npos);
    return changed.replace(changed.find(what), what.size(), instead);
}

struct Bench {
    Desk desk;
    RenderOptions options;
    Bench() {
        options.spill_folder = desk.path();
        options.cache = Cache(desk.path() / "cache", roomy);
    }
    RenderResult render(const std::string& of) {
        RenderProgress progress;
        return render_album(desk.album(of), options, progress, Cancel());
    }
    DryRun foretold(const std::string& of) const { return dry_run(desk.album(of), options); }
};

std::size_t count(const DryRun& dry, FileFate fate) {
    return static_cast<std::size_t>(
        std::count_if(dry.files.begin(), dry.files.end(), [&](const DryRun::File& f) { return f.fate == fate; }));
}

}  // namespace

TEST_CASE("dry run: a file is foretold unchanged where the render then leaves it, and stale where it does not",
          "[render]") {
    struct Case {
        const char *what, *instead;
        std::size_t unchanged;
    };
    // Under "track" a song's edit leaves the others; under "album" (quiet) it moves the gain of all.
    const Case edit = GENERATE(Case{"lathe", "lathe", 9}, Case{"title = \"B\"", "title = \"Other\"", 6},
                               Case{"gain_db = -2.0", "gain_db = -3.0", 0},
                               Case{"source = \"b.wav\"", "source = \"b.wav\"\ninput_db = 1", 4},
                               Case{"bits = 16", "bits = 24", 6}, Case{"loudness_lufs = -26", "loudness_lufs = -27", 6},
                               Case{"type = \"limiter\"", "type = \"limiter\"\ndrive_db = 1", 0});
    Bench bench;
    bench.render(text);
    const std::string edited = edit.what == std::string("lathe") ? text : with(edit.what, edit.instead);
    CAPTURE(edit.instead);
    const DryRun dry = bench.foretold(edited);
    REQUIRE(dry.files.size() == 9);
    CHECK(count(dry, FileFate::unchanged) == edit.unchanged);
    std::map<std::filesystem::path, std::filesystem::file_time_type> before;
    for (const DryRun::File& file : dry.files)
        if (file.exists) before[file.path] = std::filesystem::last_write_time(file.path);
    const RenderResult rendered = bench.render(edited);
    CHECK(static_cast<std::size_t>(rendered.files_in_place) == edit.unchanged);
    for (const DryRun::File& file : dry.files) {
        CAPTURE(file.path, file.why);
        const bool stayed = before.count(file.path) && std::filesystem::last_write_time(file.path) == before[file.path];
        CHECK((file.fate == FileFate::unchanged) == stayed);
        CHECK(file.made.has_value() == stayed);
        CHECK(file.why.empty() == (file.fate != FileFate::stale));
    }
}

TEST_CASE("dry run: what an unchanged file measured is told before it is rendered again", "[render]") {
    Bench bench;
    const RenderResult rendered = bench.render(text);
    const DryRun dry = bench.foretold(text);
    for (const TrackResult& track : rendered.tracks)
        for (const DeliverableResult& made : track.deliverables)
            for (const DryRun::File& file : dry.files) {
                if (file.path != made.path) continue;
                REQUIRE(file.made.has_value());
                CHECK(file.made->measured.integrated_lufs == made.measured.integrated_lufs);
                CHECK(file.sample_rate == made.sample_rate);
                CHECK(file.bits == made.bits);
                CHECK(file.ceiling_dbtp == made.ceiling_dbtp);
            }
}

TEST_CASE("dry run: a file that was changed on the disk is stale, one that is gone is new, another's is in the way",
          "[render]") {
    Bench bench;
    bench.render(text);
    const DryRun before = bench.foretold(text);
    REQUIRE(count(before, FileFate::unchanged) == 9);
    std::filesystem::copy_file(before.files[0].path, before.files[1].path,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::remove(before.files[2].path);
    std::filesystem::copy_file(before.files[0].path, bench.desk.path() / "cd" / "02 Mine.wav");
    const DryRun dry = bench.foretold(with("title = \"B\"", "title = \"Mine\""));
    CHECK(bench.foretold(text).files[1].fate == FileFate::stale);
    CHECK(bench.foretold(text).files[2].fate == FileFate::fresh);
    CHECK(count(dry, FileFate::in_the_way) == 1);
}

TEST_CASE("dry run: a file that was made alone is unchanged among all", "[render]") {
    Bench bench;
    bench.options.selection = {{"b"}, {"cd", "quiet"}};
    bench.render(text);
    bench.options.selection = {};
    const DryRun dry = bench.foretold(text);
    CHECK(count(dry, FileFate::unchanged) == 2);
    CHECK(count(dry, FileFate::fresh) == 7);
}

TEST_CASE("dry run: without a cache everything that is there is stale, and it says so", "[render]") {
    Bench bench;
    bench.options.cache = {};
    bench.render(text);
    for (const DryRun::File& file : bench.foretold(text).files) {
        CHECK(file.fate == FileFate::stale);
        CHECK(file.why == "the cache is off");
    }
}
