// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/render/render.h"
#include "app/render/stage_gains.h"

namespace lathe {

/// What the chain did to every track of the main version on its way to the main master, by track id, from the track's
/// first frame on. What lies before the gain point is had from the cache, if it is there; the rest is run again.
/// solved_gain_db: by track id, as the render solved it. Throws what render_album() throws.
std::map<std::string, std::vector<StageGains>> gain_curves(const Album& album, const RenderOptions& options,
                                                           const std::map<std::string, double>& solved_gain_db,
                                                           const Cancel& cancel);

}  // namespace lathe
