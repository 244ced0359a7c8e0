// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/same_song.h"

namespace lathe {

const Track* same_song(const Track& song, const Album& in) {
    const Track* found = nullptr;
    for (const Track& track : in.tracks) {
        if (track.source != song.source) continue;
        if (track.id == song.id) return &track;
        if (!found) found = &track;
    }
    return found;
}

}  // namespace lathe
