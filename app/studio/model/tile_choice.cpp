// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/tile_choice.h"

#include <algorithm>
#include <cmath>

namespace lathe {

TileChoice choose_tiles(const SpectrogramTiles& tiles, double from_s, double to_s, int pixels) {
    TileChoice choice;
    const double pixel_s = (to_s - from_s) / std::max(pixels, 1);
    while (choice.level + 1 < tiles.levels() && tiles.hop_s(choice.level + 1) <= pixel_s) ++choice.level;
    choice.from_column = from_s / tiles.hop_s(choice.level);
    choice.to_column = to_s / tiles.hop_s(choice.level);
    const auto last = static_cast<double>(tiles.columns(choice.level) - 1);
    if (choice.to_column < 0 || choice.from_column > last + 1) return choice;
    // Between columns it is read from both: one more to either side.
    const auto column = [&](double at) { return static_cast<std::int64_t>(std::clamp(std::floor(at), 0.0, last)); };
    choice.first = column(choice.from_column - 1) / SpectrogramPyramid::tile_columns;
    choice.count = column(choice.to_column + 1) / SpectrogramPyramid::tile_columns - choice.first + 1;
    return choice;
}

TilePlace coarser(TilePlace place, int levels) { return {place.level + levels, place.index >> levels}; }

}  // namespace lathe
