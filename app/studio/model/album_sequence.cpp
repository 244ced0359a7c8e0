// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/album_sequence.h"

#include <algorithm>
#include <cmath>

namespace lathe {

std::vector<SequencePart> sequence_of(const Album& album,
                                      const std::function<std::optional<double>(const Track&)>& length_s) {
    std::vector<SequencePart> parts;
    for (const Track& track : album.tracks) {
        SequencePart part;
        part.gap_s = parts.empty() || track.info.segue ? 0 : track.info.gap_s;
        part.at_s = parts.empty() ? 0 : parts.back().end_s() + part.gap_s;
        part.length_s = length_s(track).value_or(0);
        parts.push_back(part);
    }
    return parts;
}

double sound_s(const TrackPreview& track) { return track.result.duration_s - track.gap_before_s - track.gap_behind_s; }

double next_file_at_s(const TrackPreview& track, const TrackPreview& next, double gap_s) {
    const bool files_hold_gaps = track.gap_behind_s != 0 || next.gap_before_s != 0;
    return track.result.duration_s + (files_hold_gaps ? 0 : std::max(gap_s, 0.0));
}

std::vector<Edit> gap_edits(const Track& track, double gap_s) {
    const Field& field = *find_field(TrackInfo::fields(), "gap_s");
    const double gap = std::clamp(std::round(gap_s * 1000) / 1000, field.min, field.max);
    const std::string path = "track." + track.id;
    std::vector<Edit> edits;
    if (track.info.segue) edits.push_back(Edit::unset(path + ".segue"));
    edits.push_back(gap == 0 ? Edit::unset(path + ".gap_s") : Edit{path + ".gap_s", to_toml(Value(gap))});
    return edits;
}

std::vector<Edit> segue_edits(const Track& track, bool joined) {
    const std::string path = "track." + track.id;
    if (!joined) return {Edit::unset(path + ".segue")};
    return {Edit::unset(path + ".gap_s"), {path + ".segue", "true"}};
}

}  // namespace lathe
