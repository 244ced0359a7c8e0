// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/session/album.h"

namespace lathe {

/// What differs between two states of an album, in words, a line each: "eq band mud gain −1.5 → −2.0 dB", "limiter
/// added", "order of the songs". Comments and layout of the file are no difference.
std::vector<std::string> changes_in_words(const Album& from, const Album& to);

/// What differs between two masters of one album, likewise.
std::vector<std::string> master_changes_in_words(const Album& album, const Master& from, const Master& to);

}  // namespace lathe
