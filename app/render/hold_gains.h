// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/render/render.h"
#include "app/session/album_file.h"

namespace lathe {

/// The edits by which an album holds its solved gains: one gain for all goes into the master's gain_db, gains of single
/// tracks into theirs, and every master that was solved gets normalize = "off". The audio stays as it is. Throws
/// InputError where another master would change with the tracks' gains.
std::vector<Edit> edits_to_hold(const Album& album, const SolvedGains& solved);

}  // namespace lathe
