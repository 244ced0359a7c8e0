// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "app/session/toml_layout.h"

/// Entries of a list come, go and change places in the text, whether it is written as [[headers]] or as an array;
/// every byte that is not theirs stays. An entry is its lines or its inline table, the comment lines directly above
/// it, the comment behind it on its line (and its lines further right), and all tables that lie in it.
namespace lathe {

/// The text with a new entry in front of the one at `at`, or behind the last. entry: an inline table, or an array's
/// element. It is written as the list is: as a block of its own, a key on each line, or as an array's element, on a
/// line of its own where its neighbours have that. A list that is not there yet becomes blocks if its name is one of
/// the format's lists of blocks (chain, track, deliver, …), else an array. text: good TOML; list: not an index.
std::string with_list_entry(std::string_view text, const DocPath& list, std::size_t at, std::string_view entry);

/// The text without that entry.
std::string without_list_entry(std::string_view text, const DocPath& list, std::size_t index);

/// The text with that entry at index `to` of its list. Of blocks only they move: what stands between them stays in its
/// place, but tables of one that are scattered over the file are gathered behind it.
std::string with_list_entry_moved(std::string_view text, const DocPath& list, std::size_t from, std::size_t to);

}  // namespace lathe
