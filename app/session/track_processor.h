// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>

#include "app/session/album.h"
#include "dsp/linear/eq_settings.h"

namespace lathe {

/// The album's text with an EQ of that id, in minimum phase, as the last of a track's own processors, or, where the
/// track has an EQ of that id, with these bands in place of its bands. Nothing else is changed.
/// track: index. Throws InputError where the file is written so that nothing can be added to it.
std::string with_track_eq(const Album& album, std::size_t track, const std::string& id, std::span<const EqBand> bands);

}  // namespace lathe
