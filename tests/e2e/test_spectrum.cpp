// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

struct Files {
    TemporaryFolder folder;
    std::string loud, quiet;
    Files() : loud((folder / "loud.wav").string()), quiet((folder / "quiet.wav").string()) {
        write_audio(loud, sine(1000, 0.5, 44100, 4 * 44100), 44100);
        write_audio(quiet, sine(1000, 0.05, 44100, 4 * 44100), 44100);
    }
    std::string picture() const { return read_text(folder / "p.png"); }
    std::string png() const { return " --png " + (folder / "p.png").string(); }
};

bool is_png(const std::string& bytes) { return bytes.starts_with("\x89PNG\r\n") && bytes.size() > 10000; }

}  // namespace

TEST_CASE("spectrum: of two files it says the difference, and draws it") {
    const Files files;
    const Ran ran = run_lathe("spectrum " + files.loud + " --minus " + files.quiet + files.png() + " --json -");
    REQUIRE(ran.code == 0);
    const nlohmann::json json = ran.json();
    for (std::size_t k = 0; k < json.at("hz").size(); ++k)
        if (std::abs(json.at("hz")[k].get<double>() - 1000) < 10)
            CHECK_THAT(json.at("average_db")[k].get<double>(), WithinAbs(20, 0.01));
    CHECK(is_png(files.picture()));
}

TEST_CASE("spectrum: other files' averages go into the same picture") {
    const Files files;
    REQUIRE(run_lathe("spectrum " + files.loud + files.png()).code == 0);
    const std::string alone = files.picture();
    REQUIRE(run_lathe("spectrum " + files.loud + " --with " + files.quiet + files.png()).code == 0);
    CHECK(is_png(files.picture()));
    CHECK(files.picture() != alone);
}

TEST_CASE("spectrum: files beside each other need a picture, and are not subtracted") {
    const Files files;
    const Ran without = run_lathe("spectrum " + files.loud + " --with " + files.quiet);
    CHECK(without.code == 2);
    CHECK(without.err.find("add --png") != std::string::npos);
    CHECK(
        run_lathe("spectrum " + files.loud + " --with " + files.quiet + " --minus " + files.quiet + files.png()).code ==
        2);
}
