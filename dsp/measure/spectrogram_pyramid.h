// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace lathe {

/// Tiles of a spectrogram for every distance that it is looked at from: level 0 has its columns, each next level half
/// as many, each the higher of two cell by cell; the last level is the first that fits into one tile. Holds one tile a
/// level.
class SpectrogramPyramid {
public:
    static constexpr std::int64_t tile_columns = 256;
    /// Takes a tile: [columns][rows] codes, tile_columns of them except in a level's last tile. A level's tiles come in
    /// order; those of several levels in between.
    using Sink = std::function<void(int level, std::span<const std::uint8_t> tile)>;

    /// finest: what is level 0 here has one column for 2^finest of those that are added.
    SpectrogramPyramid(int rows, int finest, Sink sink);
    /// columns: [any][rows] codes.
    void add(std::span<const std::uint8_t> columns);
    void finish();

private:
    struct Level {
        std::vector<std::uint8_t> tile, single;  ///< not yet given away; a column that waits for its other half
        std::int64_t columns = 0;
    };
    void add_to(std::size_t level, std::span<const std::uint8_t> column);
    void give(std::size_t level);

    std::size_t rows_;
    int finest_;
    Sink sink_;
    std::vector<Level> levels_;
};

}  // namespace lathe
