// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/session/album.h"
#include "app/session/toml_layout.h"

namespace lathe {

/// What an edit's path leads to.
struct EditTarget {
    DocPath path;                  ///< in the file, there or not
    const Field* field = nullptr;  ///< none for a processor's id and type
    std::string new_block;         ///< lines that the file needs first: a [[deliver]] where it has none
};

/// Finds album.KEY, [chain.]ID.KEY…, track.ID_OR_NUMBER.KEY (also .set.ID.KEY…, .chain.ID.KEY…, .version.NAME.KEY,
/// .note.NUMBER.KEY), reference.TITLE_OR_NUMBER.KEY, master.NAME.KEY (also .set.ID.KEY…) and deliver.NAME.KEY. Throws
/// InputError "PATH: what", with the nearest known name.
EditTarget find_target(const Album& album, const std::string& path);

/// A list of the file, or an entry of one.
struct ListTarget {
    DocPath list;
    std::size_t count = 0;             ///< of its entries
    std::optional<std::size_t> index;  ///< of the entry that the path names; none: it names the list
};

/// Finds the lists track, chain, reference, master, deliver, track.ID_OR_NUMBER.chain, .version and .note, and a
/// processor's tables
/// ([chain.]ID.bands, track.ID.chain.ID.bands), and their entries by id, name or number from 1; the chain's
/// markers by their type. Throws InputError as find_target().
ListTarget find_list(const Album& album, const std::string& path);

}  // namespace lathe
