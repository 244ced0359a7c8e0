// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "app/studio/model/track_cut.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// The current track's place in its source, and what of the source is on screen. A track's own time begins with the
/// file that would be delivered: at its start, or a gap before it where the delivery has gaps there.
struct SongTime {
    Sound source;
    std::shared_ptr<const AudioInfo> info;  ///< of the source; null: not known yet, and the cut neither
    TrackCut cut;
    double origin_s = 0;         ///< in the source, where the track's own time is 0
    double duration_s = 0.01;    ///< of the file
    double master_late_s = 0;    ///< by which the master on screen begins earlier: it is of another start
    TimeSpan whole, all, shown;  ///< own time: with all of the source; with a little of what is trimmed; on screen
};

/// As the album stands. Where the track's start has moved since the last call, playhead, loop and view stay at what is
/// heard there.
SongTime song_time(Studio& studio);

inline TimeSpan later(TimeSpan span, double by_s) { return {span.from_s + by_s, span.to_s + by_s}; }

}  // namespace lathe
