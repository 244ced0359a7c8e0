// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/session/album.h"

namespace lathe {

/// As parse_album(), between two edits of one list: what does not go together (a multiband's crossovers and bands, a
/// name that nothing has) is let pass, and overrides have their paths but no values.
Album parse_draft(std::string text, const std::filesystem::path& path);

}  // namespace lathe
