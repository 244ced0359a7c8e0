// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "app/studio/model/spectrogram_tiles.h"

namespace lathe {

/// A tile of a spectrogram by its place.
struct TilePlace {
    int level = 0;
    std::int64_t index = 0;
    bool operator==(const TilePlace&) const = default;
};

/// What a stretch of time is drawn from.
struct TileChoice {
    int level = 0;
    double from_column = 0, to_column = 0;  ///< of that level, where the stretch begins and ends
    std::int64_t first = 0, count = 0;      ///< its tiles that the stretch meets; none: nothing of it is sounding
};

/// The level with one to two columns a pixel, or the nearest there is.
/// from_s, to_s: of the sound, from_s < to_s; they may reach out of it.
TileChoice choose_tiles(const SpectrogramTiles& tiles, double from_s, double to_s, int pixels);

/// The tile of a coarser level that shows what that one shows.
TilePlace coarser(TilePlace place, int levels);

}  // namespace lathe
