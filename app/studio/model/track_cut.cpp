// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/track_cut.h"

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

std::string path_of(const Track& track, const char* key) { return "track." + track.id + "." + key; }
const char* key_of(CutEdge edge) { return edge == CutEdge::start ? "start" : "end"; }
/// Of the version, where it is one's own edge.
std::string edge_path(const Track& track, CutEdge edge, const Version* version) {
    const std::string within = version ? "version." + version->info.name + "." : "";
    return path_of(track, (within + key_of(edge)).c_str());
}
const char* fade_key(CutEdge edge) { return edge == CutEdge::start ? "fade_in_ms" : "fade_out_ms"; }
const char* shape_key(CutEdge edge) { return edge == CutEdge::start ? "fade_in_shape" : "fade_out_shape"; }

std::string toml_of(const TimePoint& time) { return to_toml(detail::value_of_time(time)); }

double at_edge(const TrackCut& cut, CutEdge edge) { return edge == CutEdge::start ? cut.start_s : cut.end_s; }

/// How far an edge of a track may go without its fades, or the track itself, being in the way.
double inner_limit(const TrackCut& cut, CutEdge edge) {
    const double kept = cut.fade_in_s + cut.fade_out_s + shortest_track_s;
    return edge == CutEdge::start ? cut.end_s - kept : cut.start_s + kept;
}

}  // namespace

TrackCut cut_of(const TrackInfo& track, const AudioInfo& source) {
    const double rate = source.sample_rate;
    return {track.start.seconds_at(rate), track.end ? track.end->seconds_at(rate) : source.duration_s(),
            track.fade_in_ms / 1000, track.fade_out_ms / 1000, source.duration_s()};
}

const Track* joined_at(const Album& album, const Track& track, CutEdge edge, double rate) {
    const auto index = static_cast<std::size_t>(track.number - 1);
    if (edge == CutEdge::start ? index == 0 : index + 1 >= album.tracks.size()) return nullptr;
    const Track& other = album.tracks[edge == CutEdge::start ? index - 1 : index + 1];
    const Track& before = edge == CutEdge::start ? other : track;
    const Track& next = edge == CutEdge::start ? track : other;
    const bool touches = before.source == next.source && before.info.end &&
                         before.info.end->frame_at(rate) == next.info.start.frame_at(rate) && next.info.gap_s == 0 &&
                         before.info.fade_out_ms == 0 && next.info.fade_in_ms == 0;
    return touches ? &other : nullptr;
}

std::vector<Edit> edge_edits(const Album& album, const Track& track, const AudioInfo& source, CutEdge edge,
                             const TimePoint& to, const Version* version) {
    const double rate = source.sample_rate;
    const TrackCut cut = cut_of(track.info, source);
    const Track* const joined = version ? nullptr : joined_at(album, track, edge, rate);
    const CutEdge others = edge == CutEdge::start ? CutEdge::end : CutEdge::start;
    const double inner = inner_limit(cut, edge);
    const double outer = joined                   ? inner_limit(cut_of(joined->info, source), others)
                         : edge == CutEdge::start ? 0
                                                  : cut.source_s;
    const double low = std::min(inner, outer), high = std::max(inner, outer), wanted = to.seconds_at(rate);
    const double at = std::clamp(wanted, low, high);
    if (at == at_edge(cut, edge)) return {};
    if (!joined && !version && at == outer) return edge_reset(track, edge);
    const std::string text = toml_of(at == wanted ? to : pointed_place(to, at, rate, 1e-6));
    std::vector<Edit> edits{{edge_path(track, edge, version), text}};
    if (joined) edits.push_back({path_of(*joined, key_of(others)), text});
    return edits;
}

std::vector<Edit> fade_edits(const Track& track, const AudioInfo& source, CutEdge edge, double length_s) {
    const TrackCut cut = cut_of(track.info, source);
    const double now = edge == CutEdge::start ? cut.fade_in_s : cut.fade_out_s;
    const double other = edge == CutEdge::start ? cut.fade_out_s : cut.fade_in_s;
    const double most_ms = std::floor((cut.length_s() - other) * 1e6) / 1000;
    const double ms = std::clamp(std::round(length_s * 1e6) / 1000, 0.0, std::max(most_ms, 0.0));
    if (ms == now * 1000) return {};
    if (ms == 0) return fade_reset(track, edge);
    return {{path_of(track, fade_key(edge)), to_toml(Value(ms))}};
}

std::vector<Edit> shape_edits(const Track& track, CutEdge edge, int by) {
    const FadeShape now = edge == CutEdge::start ? track.info.fade_in_shape : track.info.fade_out_shape;
    const int count = static_cast<int>(fade_shapes.size());
    const int next = ((static_cast<int>(now) + by) % count + count) % count;
    return {{path_of(track, shape_key(edge)), std::string(fade_shapes[static_cast<std::size_t>(next)])}};
}

std::vector<Edit> edge_reset(const Track& track, CutEdge edge, const Version* version) {
    return {Edit::unset(edge_path(track, edge, version))};
}

std::vector<Edit> fade_reset(const Track& track, CutEdge edge) {
    return {Edit::unset(path_of(track, fade_key(edge))), Edit::unset(path_of(track, shape_key(edge)))};
}

TimePoint pointed_place(const TimePoint& before, double seconds, double rate, double step_s) {
    seconds = std::max(seconds, 0.0);
    if (before.samples >= 0) return {0, static_cast<Frames>(std::llround(seconds * rate))};
    return {std::round(seconds / step_s) / std::round(1 / step_s), -1};
}

double step_of_pixel(double seconds_per_pixel) {
    const double step = std::pow(10.0, std::floor(std::log10(std::max(seconds_per_pixel, 1e-6))));
    return std::clamp(step, 1e-6, 1e-3);
}

}  // namespace lathe
