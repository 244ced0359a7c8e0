// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/session/album.h"

namespace lathe {

/// Which part of an album is wanted; empty: all of it.
struct Selection {
    std::vector<std::string> tracks;      ///< ids or positions
    std::vector<std::string> deliveries;  ///< names
    bool is_everything() const { return tracks.empty() && deliveries.empty(); }
};

/// The tracks that a selection names, as ids. Throws InputError for an unknown one, with the nearest.
std::vector<std::string> selected_track_ids(const Album& album, const std::vector<std::string>& names);
/// The deliveries that a selection names, in the album's order. Throws InputError likewise.
std::vector<const Delivery*> selected_deliveries(const Album& album, const std::vector<std::string>& names);

}  // namespace lathe
