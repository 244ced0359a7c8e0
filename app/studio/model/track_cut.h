// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/media/audio_file.h"
#include "app/session/album_file.h"

/// Trims and fades of a track, and the edits that move them. All times count from the source's first sample.
namespace lathe {

/// Where a track lies in its source, in seconds.
struct TrackCut {
    double start_s = 0, end_s = 0;
    double fade_in_s = 0, fade_out_s = 0;
    double source_s = 0;  ///< how long the source is
    double length_s() const { return end_s - start_s; }
};
TrackCut cut_of(const TrackInfo& track, const AudioInfo& source);

enum class CutEdge { start, end };

/// A track is never made shorter than this beside its fades.
inline constexpr double shortest_track_s = 0.01;

/// The neighbour that goes on at this edge in the same source, as one programme; null: there is none.
const Track* joined_at(const Album& album, const Track& track, CutEdge edge, double rate);

/// The edits that bring an edge to a place, or as near as fades and source let it; none if it is there. A joined
/// neighbour's edge goes with it. The source's own beginning and end are written by leaving the key out. version: of
/// the track, which has the version's cut then, and of which it is the edge; null: the main one.
std::vector<Edit> edge_edits(const Album& album, const Track& track, const AudioInfo& source, CutEdge edge,
                             const TimePoint& to, const Version* version = nullptr);
/// The edits that make the fade at an edge so long, or as long as the track and its other fade let it.
std::vector<Edit> fade_edits(const Track& track, const AudioInfo& source, CutEdge edge, double length_s);
/// The edits that give the fade at an edge the next shape of fade_shapes, or the one before.
std::vector<Edit> shape_edits(const Track& track, CutEdge edge, int by);
/// The edits that take trim or fade out.
std::vector<Edit> edge_reset(const Track& track, CutEdge edge, const Version* version = nullptr);
std::vector<Edit> fade_reset(const Track& track, CutEdge edge);

/// A place that a hand points at, in the form of the one that it moves: samples stay samples, seconds come out in
/// whole steps.
TimePoint pointed_place(const TimePoint& before, double seconds, double rate, double step_s);
/// The decimal step that is no longer than the time of a pixel: 1 ms at most, 1 us at least.
double step_of_pixel(double seconds_per_pixel);

}  // namespace lathe
