// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/album_file.h"

/// Notes at places of a track: the edits that make them, and the way from one to the next. rate: of the source, whose
/// first sample all times count from.
namespace lathe {

/// "track.one.note.2"
std::string note_path(const Track& track, std::size_t index);

/// A new note, behind those that lie before it.
Edit note_insertion(const Track& track, double rate, const TimePoint& at, const std::string& text);

/// Where the next note lies, or the one before (by < 0), as seen from a place; none: there is no more.
std::optional<double> note_beyond(const Track& track, double rate, double from_s, int by);

}  // namespace lathe
