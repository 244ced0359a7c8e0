// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/album.h"

namespace lathe {

/// The song in another state of the album: the track of its id if that has its source, else the first with its source.
/// Null: it is not there. A track without an id of its own goes by its number, which is another song's once it has
/// moved.
const Track* same_song(const Track& song, const Album& in);

}  // namespace lathe
