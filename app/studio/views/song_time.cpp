// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/song_time.h"

#include <algorithm>

namespace lathe {
namespace {

/// Moves what is told in the track's own time when that begins elsewhere in the source.
void follow(Studio& studio, double origin_s) {
    static std::string of_track;
    static double last_s = 0;
    const double moved = origin_s - last_s;
    if (of_track == studio.track && moved != 0) {
        for (std::optional<TimeSpan>* span : {&studio.shown, &studio.loop})
            if (*span) *span = later(**span, -moved);
        studio.place_playhead(studio.playhead_s - moved);
    }
    of_track = studio.track;
    last_s = origin_s;
}

}  // namespace

SongTime song_time(Studio& studio) {
    const Track& track = *studio.current_track();
    const TrackMaster* const landed = studio.current_master();
    SongTime song;
    song.source = studio.source_sound();
    song.info = studio.outlines.info(song.source);
    const double shortest_s = song.duration_s;
    song.duration_s = std::max(studio.track_duration_s(), shortest_s);
    if (song.info) {
        const double gap_s = landed ? landed->preview->gap_before_s : 0;
        song.cut = cut_of(track.info, *song.info);
        song.origin_s = song.cut.start_s - gap_s;
        if (landed) {
            song.master_late_s = song.cut.start_s - landed->preview->source_from_s;
            // As long as it is going to be, so that nothing moves when it has landed.
            song.duration_s += song.cut.length_s() - landed->preview->source_s;
        } else {
            song.duration_s = song.cut.length_s();
        }
        song.duration_s = std::max(song.duration_s, shortest_s);
        follow(studio, song.origin_s);
    }
    constexpr double margin_share = 0.03;
    const double margin = margin_share * song.duration_s, before = std::max(song.origin_s, 0.0);
    const double source_end = song.cut.source_s - song.origin_s, end = song.cut.end_s - song.origin_s;
    song.whole = {-before, std::max(song.duration_s, source_end)};
    song.all = {-std::min(before, margin), std::max(song.duration_s, std::min(source_end, end + margin))};
    song.shown = studio.shown.value_or(song.all);
    return song;
}

}  // namespace lathe
