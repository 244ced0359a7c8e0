// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/render.h"
#include "tests/app/render/cache_folder.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string text =
    "[album]\nloudness_lufs = -20\ntrue_peak_dbtp = -1\n[[chain]]\ntype = \"limiter\"\n[[track]]\nid = \"a\"\nsource = "
    "\"a.wav\"\n[[track]]\nid = \"b\"\nsource = \"b.wav\"\n[[deliver]]\ndir = \"wav\"\n[[deliver]]\nname = "
    "\"whole\"\nformat = \"flac\"\nlayout = \"album\"\nfile = \"whole\"\n";

}  // namespace

TEST_CASE("render: every file that it makes, or leaves in its place, is told to be done", "[render]") {
    const Desk desk;
    RenderOptions options;
    options.spill_folder = desk.path();
    options.cache = Cache(desk.path() / "cache", roomy);
    for (const int in_place : {0, 2}) {
        RenderProgress progress;
        const RenderResult result = render_album(desk.album(text), options, progress, Cancel());
        CHECK(result.files_in_place == in_place);
        std::vector<std::filesystem::path> files{result.album_files.at(0).path};
        for (const TrackResult& track : result.tracks) files.push_back(track.deliverables.at(0).path);
        REQUIRE(files.size() == 3);
        for (const auto& file : files) {
            CHECK(progress.files().of(file).is_done);
            CHECK(progress.files().of(file).share == 1);
        }
        CHECK_FALSE(progress.files().of(desk.path() / "other.wav").is_done);
    }
}
