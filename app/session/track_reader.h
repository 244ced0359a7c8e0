// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/album.h"
#include "app/session/toml_reader.h"

namespace lathe {

/// Reads the [[track]] tables. album: its info, chain and path have been read.
std::vector<Track> read_tracks(std::span<const toml::table* const> tables, const Album& album, const Place& place);

/// Throws InputError unless end, if there is one, lies behind start; only times of one unit can be compared without the
/// source's rate.
void check_times(const TimePoint& start, const std::optional<TimePoint>& end, int line, const Place& place);

/// A track's title as its source's name tells it: "01 - Intro.wav" is "Intro"; "01.wav" stays "01".
std::string title_of_source(const std::filesystem::path& source);

}  // namespace lathe
