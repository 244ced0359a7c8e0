// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace {

/// Which rooms a room may include, itself aside.
const std::map<std::string, std::set<std::string>> allowed = {
    {"dsp", {}},
    {"gpu", {"dsp"}},
    {"app/media", {"dsp"}},
    {"app/session", {"dsp"}},
    {"app/demo", {"dsp", "app/media"}},
    {"app/render", {"dsp", "gpu", "app/media", "app/session"}},
    {"app/plot", {"dsp"}},
    {"app/player", {"dsp"}},
    {"app/report", {"dsp", "app/media", "app/session", "app/render", "app/plot"}},
    {"app/studio/model", {"dsp", "app/media", "app/session", "app/render", "app/player"}},
    {"app/studio/shell", {"dsp", "app/media", "app/plot"}},
    {"app/studio/views",
     {"dsp", "app/media", "app/session", "app/render", "app/plot", "app/player", "app/report", "app/demo",
      "app/studio/model", "app/studio/shell"}},
    {"app/cli", {"dsp", "gpu", "app/media", "app/session", "app/render", "app/plot", "app/report", "app/demo"}},
};

std::string room_of(const std::string& path) {
    for (const auto& [room, others] : allowed)
        if (path.starts_with(room + "/")) return room;
    return "";
}

/// "FILE includes HEADER" for every include of a file that goes against the rooms' direction.
std::vector<std::string> wrong_includes(const std::string& file, const std::string& text) {
    static const std::regex include("^[ \t]*#[ \t]*include[ \t]*\"([^\"]+)\"", std::regex::multiline);
    const std::string room = room_of(file);
    std::vector<std::string> wrong;
    for (auto match = std::sregex_iterator(text.begin(), text.end(), include); match != std::sregex_iterator();
         ++match) {
        const std::string target = room_of((*match)[1]);
        if (!target.empty() && target != room && !allowed.at(room).count(target))
            wrong.push_back(file + " includes " + (*match)[1].str());
    }
    return wrong;
}

}  // namespace

TEST_CASE("rooms: no file includes against their direction", "[rooms]") {
    std::vector<std::string> wrong;
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(LATHE_SOURCE_DIR)) {
        const std::string path = entry.path().lexically_relative(LATHE_SOURCE_DIR).string();
        if (!entry.is_regular_file() || room_of(path).empty()) continue;
        std::ifstream file(entry.path());
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        const auto found = wrong_includes(path, text);
        wrong.insert(wrong.end(), found.begin(), found.end());
        ++files;
    }
    CAPTURE(wrong);
    CHECK(wrong.empty());
    CHECK(files > 100);
}

TEST_CASE("rooms: an include against the direction is seen", "[rooms]") {
    CHECK(wrong_includes("dsp/core/x.h", "#include \"app/media/audio_file.h\"\n").size() == 1);
    CHECK(wrong_includes("app/render/x.cpp", "#include <a>\n#include \"app/cli/command.h\"\n").size() == 1);
    CHECK(wrong_includes("app/cli/x.cpp", "#include \"app/render/render.h\"\n").empty());
}
