// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/session/album.h"

/// Songs in other versions: instrumental, clean, edit.
namespace lathe {

/// "main", and the others that any song has, in the order of the album.
std::vector<std::string> version_names(const Album& album);

/// A song's version of that name; null: it has none, and its main one stands for it.
const Version* find_version(const Track& track, std::string_view name);

/// The song with source, trims, title and ISRC of that version in the place of its main one's.
Track as_version(Track track, std::string_view name);

}  // namespace lathe
