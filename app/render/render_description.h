// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "app/render/production.h"
#include "app/render/reel_delivery.h"

namespace lathe {

using DeliveredStreams = std::map<const PlannedStream*, DeliveredStream>;

/// Tells in result what was made: the tracks with their files, the album's figures, and the ceilings that were passed.
/// result.album_files are there already.
template <class Sample>
void describe(Production<Sample>& production, const DeliveredStreams& delivered, RenderResult& result);

}  // namespace lathe
