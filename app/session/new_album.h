// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "app/session/album.h"

namespace lathe {

/// The text of an album file in dir with the mixes as its tracks, in that order, their paths relative to dir. A
/// template gives its loudness targets, chain, masters and deliveries as they are written there, comments included;
/// impulse responses keep their files. Throws InputError for a name that TOML cannot hold (not UTF-8).
std::string new_album_text(const std::filesystem::path& dir, std::span<const std::filesystem::path> files,
                           const Album* template_album = nullptr);

}  // namespace lathe
