// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "tests/e2e/program.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream stream(line + ",");
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    return cells;
}

/// A table's columns by name; NaN for an empty cell.
std::map<std::string, std::vector<double>> read_csv(const std::filesystem::path& path) {
    std::stringstream text(read_text(path));
    std::string line;
    std::getline(text, line);
    const std::vector<std::string> names = split(line);
    std::map<std::string, std::vector<double>> columns;
    while (std::getline(text, line)) {
        const std::vector<std::string> cells = split(line);
        REQUIRE(cells.size() == names.size());
        for (std::size_t i = 0; i < names.size(); ++i)
            columns[names[i]].push_back(cells[i].empty() ? NAN : std::stod(cells[i]));
    }
    return columns;
}

double largest(const std::vector<double>& values) {
    double result = -HUGE_VAL;
    for (const double value : values) result = std::fmax(result, value);
    return result;
}

}  // namespace

TEST_CASE("over time: at 100 lines a second the largest values are those that measure prints") {
    const TemporaryFolder folder;
    write_audio(folder / "song.wav", music_like(44100, 7.503), 44100);
    const Ran ran = run_lathe("measure " + (folder / "song.wav").string() + " --json - --rate 100 --over-time " +
                              (folder / "t.csv").string());
    REQUIRE(ran.code == 0);
    const nlohmann::json file = ran.json().at("files").at(0);
    auto table = read_csv(folder / "t.csv");
    CHECK(table.at("time_s").size() == 751);
    CHECK(table.at("time_s").front() == 0.01);
    CHECK_THAT(table.at("time_s").back(), WithinAbs(7.503, 1e-4));
    const auto agrees = [&](const char* column, const char* key) {
        CHECK_THAT(largest(table.at(column)), WithinAbs(file.at(key).get<double>(), 0.00051));
    };
    agrees("momentary_lufs", "momentary_max_lufs");
    agrees("short_term_lufs", "short_term_max_lufs");
    agrees("true_peak_dbtp", "true_peak_dbtp");
    CHECK_THAT(std::max(largest(table.at("sample_peak_1_dbfs")), largest(table.at("sample_peak_2_dbfs"))),
               WithinAbs(file.at("sample_peak_dbfs").get<double>(), 0.00051));
    for (const char* name : {"psr_db", "correlation", "correlation_below_120_hz", "correlation_120_1000_hz",
                             "correlation_1000_6000_hz", "correlation_above_6000_hz", "width", "rms_2_dbfs", "dc_1"})
        CHECK(std::isfinite(table.at(name).at(700)));

    REQUIRE(
        run_lathe("measure " + (folder / "song.wav").string() + " --over-time " + (folder / "u.csv").string()).code ==
        0);
    auto coarse = read_csv(folder / "u.csv");
    CHECK(coarse.at("time_s").size() == 76);
    for (std::size_t k = 0; k < 75; ++k) {
        CHECK_THAT(coarse.at("time_s")[k], WithinAbs(0.1 * static_cast<double>(k + 1), 1e-9));
        for (const char* name : {"momentary_lufs", "short_term_lufs", "rms_1_dbfs", "correlation"}) {
            const double fine = table.at(name)[10 * k + 9], here = coarse.at(name)[k];
            CHECK((here == fine || (std::isnan(here) && std::isnan(fine))));
        }
    }
    CHECK(largest(coarse.at("true_peak_dbtp")) == largest(table.at("true_peak_dbtp")));
}

TEST_CASE("over time: silence, one sample, mono, six channels, 8 kHz and 192 kHz give a table and a picture") {
    const TemporaryFolder folder;
    struct Kind {
        int rate, channels;
        Frames frames;
        bool silent;
    };
    for (const Kind& kind : {Kind{44100, 2, 44100, true},
                             {44100, 1, 1, false},
                             {44100, 1, 44100, false},
                             {48000, 6, 48000, false},
                             {8000, 2, 16000, false},
                             {192000, 2, 192000, false}}) {
        CAPTURE(kind.rate, kind.channels, kind.frames, kind.silent);
        AudioBuffer<double> audio(kind.channels, kind.frames);
        if (!kind.silent)
            copy_audio<double>(music_like(kind.rate, 5, kind.channels).view().slice(0, kind.frames), audio.view());
        write_audio(folder / "file.wav", audio, kind.rate);
        const Ran ran = run_lathe("measure " + (folder / "file.wav").string() + " --quiet --over-time " +
                                  (folder / "t.csv").string() + " --png " + (folder / "t.png").string());
        REQUIRE(ran.code == 0);
        const auto table = read_csv(folder / "t.csv");
        CHECK(std::ssize(table.at("time_s")) == (kind.frames * 10 + kind.rate - 1) / kind.rate);
        CHECK(table.count("correlation") == (kind.channels > 1));
        CHECK(table.count("rms_" + std::to_string(kind.channels) + "_dbfs") == 1);
        CHECK(std::isfinite(table.at("true_peak_dbtp").front()) != kind.silent);
        CHECK(read_text(folder / "t.png").starts_with("\x89PNG"));
    }
}

TEST_CASE("over time: two files, an odd rate, a rate without a table and an unknown theme are refused in one line") {
    const TemporaryFolder folder;
    write_audio(folder / "a.wav", music_like(8000, 1), 8000);
    const std::string file = (folder / "a.wav").string(), csv = (folder / "t.csv").string();
    for (const std::string& arguments :
         {file + " " + file + " --over-time " + csv, file + " --over-time " + csv + " --rate 30", file + " --rate 20",
          file + " --png " + csv + " --theme pink"}) {
        const Ran ran = run_lathe("measure " + arguments);
        CAPTURE(arguments, ran.err);
        CHECK(ran.code == 2);
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
        CHECK_FALSE(std::filesystem::exists(csv));
    }
}
