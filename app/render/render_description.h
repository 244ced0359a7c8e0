// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "app/render/production.h"
#include "app/render/reel_delivery.h"

namespace lathe {

using DeliveredStreams = std::map<const PlannedStream*, DeliveredStream>;

/// What a stream gives cause to say; "fail": of what was held, a ceiling that the stream passed; of what was not, one
/// that a file passes; a file that its certificate does not hold for.
std::vector<RenderWarning> warnings_of(const PlannedStream& stream, const DeliveredStream& delivered, bool has_limiter);

/// Tells in result what was made: the tracks with their files, the album's figures, and the ceilings that were passed.
/// result.album_files are there already.
template <class Sample>
void describe(Production<Sample>& production, const DeliveredStreams& delivered, RenderResult& result);

}  // namespace lathe
