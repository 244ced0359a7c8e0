// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/render/preview.h"
#include "app/session/album_file.h"

/// The songs one after another, as the album is heard, and the gaps between them.
namespace lathe {

/// A song's place, in seconds from the album's beginning.
struct SequencePart {
    double at_s = 0, length_s = 0;  ///< of what sounds: no gap
    double gap_s = 0;               ///< to the song before; negative: they overlap
    double end_s() const { return at_s + length_s; }
};

/// One part for each track. length_s: of a track's sound, its tail included, where it is known.
std::vector<SequencePart> sequence_of(const Album& album,
                                      const std::function<std::optional<double>(const Track&)>& length_s);

/// How long a track sounds: its file without the album's gaps, with all of its own end where the next one overlaps it.
double sound_s(const TrackPreview& track);

/// Where in a track's file that of the next one begins when the album is heard, in seconds. gap_s: between them, as the
/// album has it.
double next_file_at_s(const TrackPreview& track, const TrackPreview& next, double gap_s);

/// The edits that make the gap before a track so long, within what the album file takes. It is no segue then.
std::vector<Edit> gap_edits(const Track& track, double gap_s);
/// The edits that join a track to the one before, or part them again; joined, it has no gap.
std::vector<Edit> segue_edits(const Track& track, bool joined);

}  // namespace lathe
