// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/track_notes.h"

#include <fmt/format.h>

#include <algorithm>

namespace lathe {

std::string note_path(const Track& track, std::size_t index) {
    return fmt::format("track.{}.note.{}", track.id, index + 1);
}

Edit note_insertion(const Track& track, double rate, const TimePoint& at, const std::string& text) {
    const auto before = std::count_if(track.notes.begin(), track.notes.end(),
                                      [&](const Note& note) { return note.at.frame_at(rate) <= at.frame_at(rate); });
    return Edit::insert(
        fmt::format("track.{}.note", track.id),
        fmt::format("{{ at = {}, text = {} }}", to_toml(detail::value_of_time(at)), to_toml(Value(text))),
        static_cast<std::size_t>(before));
}

std::optional<double> note_beyond(const Track& track, double rate, double from_s, int by) {
    constexpr double here_s = 0.001;  // the playhead stands at this one
    std::optional<double> nearest;
    for (const Note& note : track.notes) {
        const double at = note.at.seconds_at(rate), ahead = by > 0 ? at - from_s : from_s - at;
        if (ahead > here_s && (!nearest || ahead < (by > 0 ? *nearest - from_s : from_s - *nearest))) nearest = at;
    }
    return nearest;
}

}  // namespace lathe
