// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_plan.h"

#include "app/render/production.h"
#include "dsp/core/error.h"
#include "tests/app/render/desk.h"
#include "tests/support/catch.h"
#include "tests/support/error_of.h"

using namespace lathe;
using namespace lathe::test;

namespace {

const std::string tracks =
    "[[track]]\nid = \"a\"\ntitle = \"One/Two\"\nsource = \"a.wav\"\n"
    "[[track]]\nid = \"b\"\ntitle = \"B\"\nsource = \"b.wav\"\ngap_s = 0.5\nisrc = \"DEZ650312345\"\n"
    "[[track.version]]\nname = \"edit\"\nend = \"1.0\"\n";
const std::string album_table = "[album]\ntitle = \"All\"\nartist = \"Me\"\n";

/// Each planned file as "path frames", relative to the folder, gaps included.
std::vector<std::string> files(const std::string& deliver, const Selection& selection = {}) {
    const Desk desk;
    const Album album = desk.album(album_table + tracks + deliver);
    RenderOptions options;
    options.selection = selection;
    const Production<float> production(album, options);
    std::vector<std::string> list;
    const auto add = [&](const FileCut& cut) {
        list.push_back(cut.path.lexically_relative(desk.path()).string() + " " +
                       std::to_string(cut.silence_before + cut.frames + cut.silence_behind));
    };
    for (const PlannedStream& stream : production.plan().streams)
        for (const FileCut& cut : stream.cuts) add(cut);
    for (const PlannedAlbumFile& file : production.plan().album_files) add(file.cut);
    return list;
}

std::string refusal(const std::string& deliver, const Selection& selection = {}) {
    return error_of([&] { files(deliver, selection); });
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("deliveries: templates are filled in, made safe, and lie in their dir", "[render]") {
    CHECK(files("[[deliver]]\ndir = \"d\"\ngaps = \"none\"\n") == List{"d/01 One_Two.wav 132300", "d/02 B.wav 132300"});
    CHECK(files("[[deliver]]\nformat = \"flac\"\nbits = 16\ngaps = \"none\"\nfile = \"{artist}-{album} "
                "{number}.{bits}.{rate} {isrc}\"\n") ==
          List{"Me-All 1.16.44100.flac 132300", "Me-All 2.16.44100 DEZ650312345.flac 132300"});
}

TEST_CASE("deliveries: a gap is the end of the file before, the start of its own, or nowhere", "[render]") {
    // 0.5 s at 48000 Hz are 24000 frames; 3 s are 144000.
    const std::string at_48 = "[[deliver]]\nsample_rate = 48000\nfile = \"{number}\"\n";
    CHECK(files(at_48) == List{"1.wav 168000", "2.wav 144000"});
    CHECK(files(at_48 + "gaps = \"start\"\n") == List{"1.wav 144000", "2.wav 168000"});
    CHECK(files(at_48 + "gaps = \"none\"\n") == List{"1.wav 144000", "2.wav 144000"});
}

TEST_CASE("deliveries: an album file is called by the album, and is as long as the tracks with their gaps",
          "[render]") {
    CHECK(files("[[deliver]]\nlayout = \"album\"\n") == List{"All.wav 286650"});
    CHECK(files("[[deliver]]\nlayout = \"album\"\ngaps = \"none\"\n") == List{"All.wav 264600"});
}

TEST_CASE("deliveries: versions and selections deliver what they name", "[render]") {
    CHECK(files("[[deliver]]\nversions = [\"edit\"]\nfile = \"{number} {version}\"\n") == List{"2 edit.wav 44100"});
    CHECK(files("[[deliver]]\nfile = \"{number}\"\ntracks = [\"b\"]\n") == List{"2.wav 132300"});
    CHECK(files("[[deliver]]\nfile = \"{number}\"\n", {{"2"}, {}}) == List{"2.wav 132300"});
    CHECK(files("[[deliver]]\nname = \"x\"\ndir = \"x\"\nfile = \"{number}\"\ngaps = \"none\"\n[[deliver]]\nname = "
                "\"y\"\ndir = \"y\"\nfile = \"{number}\"\ngaps = \"none\"\n",
                {{}, {"y"}}) == List{"y/1.wav 132300", "y/2.wav 132300"});
}

TEST_CASE("deliveries: collisions, bad templates, impossible pairs and unknown names are refused in words",
          "[render]") {
    const auto has = [](const std::string& text, const std::string& words) {
        INFO(text);
        CHECK(text.find(words) != std::string::npos);
    };
    has(refusal("[[deliver]]\nfile = \"same\"\n"), "same.wav");
    has(refusal("[[deliver]]\nfile = \"{titel}\"\n"), "title");
    has(refusal("[[deliver]]\nformat = \"flac\"\nbits = 32\n"), "24");
    has(refusal("[[deliver]]\nformat = \"opus\"\nsample_rate = 44100\n"), "48000");
    has(refusal("[[deliver]]\nname = \"cd\"\n", {{}, {"cdd"}}), "did you mean \"cd\"?");
    has(refusal("[[deliver]]\nfile = \"{number}\"\n", {{"aa"}, {}}), "did you mean \"a\"?");
    has(refusal("[[deliver]]\nlayout = \"album\"\n", {{"a"}, {}}), "layout = \"album\"");
}
