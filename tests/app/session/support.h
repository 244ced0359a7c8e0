// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/session/album_file.h"
#include "dsp/core/error.h"
#include "tests/support/catch.h"
#include "tests/support/error_of.h"

namespace lathe::test {

/// The example of the album file's format, without what this version refuses; with a processor in the track's own
/// chain.
extern const std::string example_album;

inline Album parse(const std::string& text) { return parse_album(text, "/music/album.toml"); }

/// What is wrong with an album file of that text, called album.toml.
inline std::string album_error(const std::string& text) {
    return error_of([&] { parse_album(text, "album.toml"); });
}

/// The album's text after edits given as PATH=VALUE.
inline std::string with(const Album& album, std::initializer_list<std::string> edits) {
    std::vector<Edit> list;
    for (const std::string& edit : edits) list.push_back(parse_edit(edit));
    return edited(album, list);
}

/// The lines of a text between those at its front and at its back that it shares with an earlier one, each as "NUMBER:
/// LINE".
std::vector<std::string> new_lines(const std::string& before, const std::string& after);

}  // namespace lathe::test
