// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/render/dry_run.h"
#include "app/studio/model/render_loop.h"
#include "dsp/measure/level_history.h"

namespace lathe {

/// What a delivery of the album as it stands would give cause to say, as far as the renders on screen and the plan
/// know: what render_album() would warn of. plan: none yet: null.
std::vector<RenderWarning> findings_before_delivery(const Album& album, const RenderBoard& board, const DryRun* plan);

/// The track that a warning names, the first of several joined ones; null: it is of the whole album.
const Track* track_of(const RenderWarning& warning, const Album& album);

/// Where in a track it is: its own time; of a passed ceiling the highest true peak. levels: of the track's master;
/// null: not known yet.
std::optional<double> place_of(const RenderWarning& warning, const LevelHistory* levels);

}  // namespace lathe
