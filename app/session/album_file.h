// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// One edit of an album file's text.
struct Edit {
    /// "album.loudness_lufs", "eq.bands.mud.gain_db", "track.one.gain_db", "track.2.set.eq.phase",
    /// "deliver.hires.bits", "master.vinyl.gain_db"
    std::string path;
    std::string value;  ///< as TOML writes it; a bare word where the field takes text or a choice
};
/// "PATH=VALUE" as an edit. Throws InputError without a "=".
Edit parse_edit(const std::string& text);
/// The text with the edits made, and nothing else changed: values replaced in place, missing keys added at the end of
/// their table. The result has been parsed again and found good; what it would break is an InputError.
std::string edited(const Album& album, std::span<const Edit> edits);
/// The album as edited, without saving it.
Album with_edits(const Album& album, std::span<const Edit> edits);

}  // namespace lathe
