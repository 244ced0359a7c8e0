// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tests/e2e/markup.h"
#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// The page but for the pictures that it holds, which are "//" and everything else in base 64.
std::string without_pictures(std::string page) {
    for (std::size_t at = 0; (at = page.find("\"data:image/png;base64,", at)) != std::string::npos; ++at)
        page.erase(at, page.find('"', at + 1) + 1 - at);
    return page;
}

/// Every place from which a browser would fetch something.
void check_self_contained(const std::string& whole_page, const Markup& markup) {
    const std::string page = without_pictures(whole_page);
    for (const char* word : {"http:", "https:", "//", "url(", "@import", "<script", "<link", "<iframe"}) {
        CAPTURE(word);
        CHECK_FALSE(holds(page, word));
    }
    for (const Markup::Attribute& a : markup.attributes)
        if (a.name == "src" || a.name == "href" || a.name == "srcset") CHECK(a.value.starts_with("data:"));
}

void write_album(const TemporaryFolder& folder, const std::string& title) {
    write_audio(folder / "one.wav", music_like(44100, 8, 2, 1), 44100);
    write_audio(folder / "two.wav", music_like(48000, 6, 1, 2), 48000);
    write_text(folder / "album.toml", "[album]\ntitle = '" + title +
                                          "'\nartist = \"A & B\"\nloudness_lufs = -16\ntrue_peak_dbtp = -1\n"
                                          "[[chain]]\ntype = \"limiter\"\n"
                                          "[[track]]\nsource = \"one.wav\"\ntitle = \"<One> & \\\"all\\\"\"\n"
                                          "[[track]]\nsource = \"two.wav\"\n"
                                          "[[deliver]]\nformat = \"flac\"\n[[deliver]]\nformat = \"mp3\"\n");
}

}  // namespace

TEST_CASE("report: the demo album's page is well-formed, needs nothing else, and holds the numbers of its manifest") {
    const TemporaryFolder folder;
    REQUIRE(run_lathe("demo " + folder.path().string()).code == 0);
    const std::string album = (folder / "album.toml").string();
    REQUIRE(run_lathe("render " + album).code <= 1);
    const Ran ran = run_lathe("report " + album + " --out " + (folder / "r.html").string());
    REQUIRE(ran.code == 0);
    CHECK(ran.out == "report: " + (folder / "r.html").string() + "\n");
    const std::string page = read_text(folder / "r.html");
    const Markup markup = parse_markup(page);
    CHECK(markup.error == "");
    check_self_contained(page, markup);

    const nlohmann::json manifest = nlohmann::json::parse(read_text(folder / "lathe.json"));
    const auto shows = [&](const nlohmann::json& number, const char* format) {
        const std::string text = fmt::format(fmt::runtime(format), number.get<double>());
        CAPTURE(text);
        CHECK(holds(markup.text, " " + text + " "));
    };
    CHECK(holds(markup.text, manifest.at("album").at("title")));
    CHECK(holds(markup.text, fmt::format("{:.1f} LUFS", manifest.at("album").at("integrated_lufs").get<double>())));
    CHECK(holds(markup.text, fmt::format("{:.2f} dBTP", manifest.at("album").at("true_peak_dbtp").get<double>())));
    const auto tracks = static_cast<int>(manifest.at("tracks").size());
    REQUIRE(tracks > 1);
    for (const nlohmann::json& track : manifest.at("tracks")) {
        CHECK(holds(markup.text, track.at("title")));
        for (const nlohmann::json& file : track.at("deliverables")) {
            CHECK(holds(markup.text, std::filesystem::path(file.at("path").get<std::string>()).filename().string()));
            shows(file.at("integrated_lufs"), "{:.1f}");
            shows(file.at("true_peak_dbtp"), "{:.2f}");
            shows(file.at("loudness_range_lu"), "{:.1f}");
            shows(file.at("gain_db"), "{:+.2f}");
        }
        const nlohmann::json& first = track.at("deliverables").at(0);
        shows(first.at("plr_lu"), "{:.1f}");
    }
    for (const nlohmann::json& warning : manifest.at("warnings")) CHECK(holds(markup.text, warning.at("message")));
    CHECK(markup.elements.at("section") == tracks);
    // A chart of the album, one of all spectra, three of each track, and a swatch for each track.
    CHECK(markup.elements.at("svg") == 2 * (2 + 3 * tracks) + tracks);
    CHECK(markup.elements.at("img") == tracks);
    CHECK(holds(markup.text, "Gain of the dynamics"));
    CHECK(markup.elements.at("polyline") > 20 * tracks);
}

TEST_CASE("report: texts of the album cannot become markup, and the same render gives the same bytes") {
    const TemporaryFolder folder;
    write_album(folder, "</title><script>alert(1)</script> & \"so\"");
    const std::string album = (folder / "album.toml").string();
    REQUIRE(run_lathe("render " + album).code <= 1);
    const std::string cache = " --cache " + (folder / "cache").string() + " ";
    REQUIRE(run_lathe("report " + album + cache + "--out " + (folder / "a.html").string()).code == 0);
    const std::string page = read_text(folder / "a.html");
    const Markup markup = parse_markup(page);
    CHECK(markup.error == "");
    CHECK(markup.elements.count("script") == 0);
    CHECK(holds(markup.text, "</title><script>alert(1)</script> & \"so\""));
    CHECK(holds(markup.text, "<One> & \"all\""));
    CHECK(holds(markup.text, "A & B"));
    CHECK(holds(markup.text, "target"));
    // Warm, by another of its names, with one thread.
    REQUIRE(run_lathe("report " + folder.path().string() + cache + "--threads 1 --out " + (folder / "b.html").string())
                .code == 0);
    CHECK(read_text(folder / "b.html") == page);
    write_text(folder / "album.toml", read_text(folder / "album.toml") + "\n# changed\n");
    REQUIRE(run_lathe("report " + album + cache + "--out " + (folder / "c.html").string()).code == 0);
    CHECK(holds(read_text(folder / "c.html"), "no longer says what this render was made from"));
}

TEST_CASE("report: without a render, without its files or without --out one line says what to do") {
    const TemporaryFolder folder;
    write_album(folder, "A");
    const std::string album = (folder / "album.toml").string(), out = " --out " + (folder / "r.html").string();
    const auto check_refused = [&](const std::string& arguments, const std::string& words) {
        const Ran ran = run_lathe("report " + arguments);
        CAPTURE(arguments, ran.err);
        CHECK(ran.code == 2);
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
        CHECK(holds(ran.err, words));
        CHECK_FALSE(std::filesystem::exists(folder / "r.html"));
    };
    check_refused(album + out, "run lathe render first");
    check_refused((folder / "none.toml").string() + out, "none.toml");
    check_refused(album, "--out");
    const Ran render = run_lathe("render --json - " + album);
    REQUIRE(render.code <= 1);
    std::filesystem::remove(render.json().at("tracks").at(1).at("deliverables").at(0).at("path").get<std::string>());
    check_refused(album + out, "render the album again");
    REQUIRE(run_lathe("render " + album).code <= 1);
    CHECK(run_lathe("report " + album + out + " --json -").json().at("path") == (folder / "r.html").string());
}
