// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/session/album.h"

namespace lathe {

/// Reads and checks an album file. Everything wrong is an InputError of one line: "FILE:LINE: what; how to mend it",
/// with the nearest known name for an unknown key, type or word, and "not available in this version" for what the
/// format reserves. Sources are not opened.
Album read_album(const std::filesystem::path& path);
/// The same from text, as if it lay at path.
Album parse_album(std::string text, const std::filesystem::path& path);

/// One edit of an album file's text: Edit{"eq.phase", "minimum"} sets a value; the others are made by their names.
struct Edit {
    enum class Kind { set, unset, insert, remove, move };

    /// Of a value: "album.loudness_lufs", "eq.bands.mud.gain_db", "track.one.gain_db", "track.2.set.eq.phase",
    /// "deliver.hires.bits", "master.vinyl.gain_db", "reference.1.trim_db", "track.one.note.1.done". Of a list:
    /// "track", "chain", "reference", "track.one.chain", "track.one.note", "track.one.version", "master", "deliver",
    /// "eq.bands", "track.one.chain.eq.bands". Of an entry: "track.one", "eq" or "chain.eq", "chain.gain_point",
    /// "eq.bands.mud", "eq.bands.2", "deliver.hires", "track.one.note.1".
    std::string path;
    /// As TOML writes it; a bare word where the field takes text or a choice. Of a new entry: an inline table.
    std::string value = {};
    Kind kind = Kind::set;
    /// The index in its list, from 0, that the entry gets; none: the last. The chain's markers count as entries,
    /// the main master does not.
    std::optional<std::size_t> at = {};

    /// Takes a key out, which gives its default or, in a set table, the album's value; nothing if it is not there.
    /// A set table that becomes empty goes too. Comment lines above the key stay.
    static Edit unset(std::string path) { return {std::move(path), {}, Kind::unset, {}}; }
    /// A new entry, written like its neighbours: as [[chain]] with a line for each key, or as an array's element.
    static Edit insert(std::string list, std::string entry, std::optional<std::size_t> at = {}) {
        return {std::move(list), std::move(entry), Kind::insert, at};
    }
    /// Takes an entry out, with the tables in it, the comment lines directly above it and the comments within it.
    static Edit remove(std::string entry) { return {std::move(entry), {}, Kind::remove, {}}; }
    /// Puts an entry, with what remove() would take, at another index.
    static Edit move(std::string entry, std::optional<std::size_t> to) {
        return {std::move(entry), {}, Kind::move, to};
    }
};
/// "PATH=VALUE" as an edit. Throws InputError without a "=".
Edit parse_edit(const std::string& text);
/// The text with the edits made one after another, each seeing what those before it made, and nothing else changed:
/// values replaced in place, missing keys added at the end of their table. The result has been parsed again and found
/// good; what it would break is an InputError, and then none is made. Between two edits what must go together (a
/// multiband's bands and crossovers) may not.
///
/// What names an entry follows it through insert, remove and move: set tables, a master's skip, a delivery's tracks.
/// What names a removed one goes too (an error where a delivery would name no track). A processor whose id follows from
/// its place, and would change, gets it written where something names it; bands named by number are renumbered.
std::string edited(const Album& album, std::span<const Edit> edits);
/// The album as edited, without saving it.
Album with_edits(const Album& album, std::span<const Edit> edits);

}  // namespace lathe
