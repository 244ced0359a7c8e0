// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/render/source_library.h"
#include "app/session/album.h"

namespace lathe {

/// A track within its programme: which stretch of which source it is, and where the programme has it.
struct ProgrammePart {
    const Track* track = nullptr;
    const Version* version = nullptr;  ///< none: the main one
    std::filesystem::path source;
    FileState source_state;  ///< as it was hashed
    Frames source_from = 0;
    Frames at = 0;  ///< in the programme
    Frames frames = 0;
};

/// What is rendered whole: a track, or tracks joined by segue, or tracks cut from one source with touching ends.
struct Programme {
    std::vector<ProgrammePart> parts;
    int rate = 0;
    int channels = 0;
    bool is_coded = false;    ///< some of its sources is
    Frames frames = 0;        ///< of the sources, without a tail
    double gap_before_s = 0;  ///< to the programme before it; negative: they overlap

    const std::string& version_name() const;
    /// Names the track for messages: its id, or "one…four" for several.
    std::string title() const;
    std::string title_with_version() const;  ///< "one (edit)"; the main one's is its title
};

/// A message about a track that tells which version it is about, if that is not the main one.
std::string said_of(const std::string& version, const std::string& message);

inline const std::string main_version = "main";

/// The programmes of the main version, in album order.
std::vector<Programme> main_programmes(const Album& album, const SourceLibrary& library);
/// Every other version of every track, each a programme of its own.
std::vector<Programme> version_programmes(const Album& album, const SourceLibrary& library);

/// Programmes that are written as one stream because they overlap: each but the first begins before its predecessor has
/// ended.
using Reel = std::vector<std::size_t>;  ///< indices of programmes, in order
std::vector<Reel> reels_of(const std::vector<Programme>& programmes);

}  // namespace lathe
