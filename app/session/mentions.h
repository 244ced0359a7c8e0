// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/album.h"
#include "app/session/toml_layout.h"

/// Which places of an album file mention a processor, a band or a track that stands elsewhere in it, so that they can
/// follow it when lists change.
namespace lathe {

struct Mention {
    enum class Kind { setting, skip, delivered_track };
    Kind kind = Kind::setting;
    DocPath at;        ///< the override's key, or the element of a master's skip or a delivery's tracks
    DocPath target;    ///< what it means: the setting, rows by index; the processor; the track
    std::string name;  ///< the processor's or track's id as written there
};

/// All that lead somewhere. album: a draft will do.
std::vector<Mention> mentions_of(const Album& album);

/// The table of the processor or the track that a target is or lies in.
DocPath entry_of(const DocPath& target);

/// What happens to the indices of one list.
struct ListChange {
    DocPath list;
    std::optional<std::size_t> from;  ///< none: an entry is new at `to`
    std::optional<std::size_t> to;    ///< none: the entry at `from` is removed
};
/// A path as it is after the change; none if it led into what was removed.
std::optional<DocPath> path_after(DocPath path, const ListChange& change);

}  // namespace lathe
