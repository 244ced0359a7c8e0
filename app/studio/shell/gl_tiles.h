// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "app/plot/axis.h"

namespace lathe {

/// Which tile of which picture.
struct TileKey {
    std::uint64_t picture = 0;
    int level = 0;
    std::int64_t index = 0;
    auto operator<=>(const TileKey&) const = default;
};

/// Tiles of bytes, 256 columns each, as layers of one texture, the least recently drawn giving way, and one shader that
/// draws a picture of them. All but bring() and the getters is done while the frame is drawn.
class GlTiles {
public:
    static constexpr int tile_columns = 256, most_tiles = 64;

    /// What is drawn, and how. Rows and columns may have fractions; column c reaches from c to c + 1, row r is at r.
    struct Picture {
        std::uint64_t id = 0;
        int level = 0, levels = 1;
        std::int64_t first_tile = 0, tile_count = 0;  ///< that it meets; at most most_tiles are drawn
        std::int64_t column_count = 0;                ///< of the level
        int row_count = 0;
        double from_column = 0, to_column = 0, from_row = 0, to_row = 0;
        Range code_db{0, 1}, shown_db{0, 1};  ///< of the codes 0 and 255; of the first and the last colour
        double tilt_db_row = 0, level_row = 0;
        float strength = 1;  ///< 0: the ground alone
    };

    bool holds(const TileKey& key) const { return layers_.contains(key); }
    /// Takes a tile, [columns][rows], to be uploaded when the next frame is drawn.
    void bring(const TileKey& key, std::shared_ptr<const std::vector<std::uint8_t>> tile);
    /// Of the colours, 0xRRGGBB, from quiet to loud.
    void set_colours(const std::array<std::uint32_t, 256>& colours);
    /// Has the picture drawn at this place of the window's draw list; once a frame.
    void draw(const Picture& picture, ImVec2 low, ImVec2 high, ImU32 ground);

private:
    static constexpr int layer_count = 96;
    struct Layer {
        TileKey key;
        std::uint64_t used = 0;
        bool is_taken = false;
    };
    struct Coming {
        TileKey key;
        std::shared_ptr<const std::vector<std::uint8_t>> tile;
    };
    static void render(const ImDrawList*, const ImDrawCmd* command);
    void make(int rows);
    void upload();
    void paint(const ImVec4& clip);
    std::array<int, 2 * most_tiles> found_layers();

    std::map<TileKey, int> layers_;
    std::array<Layer, layer_count> taken_{};
    std::vector<Coming> coming_;
    std::array<std::uint32_t, 256> colours_{};
    bool colours_are_new_ = true;
    Picture picture_;
    ImVec2 low_{}, high_{};
    ImU32 ground_ = 0;
    std::uint64_t frame_ = 0;
    int rows_ = 0;
    int context_ = 0;  ///< as of gl_context()
    unsigned texture_ = 0, colour_texture_ = 0, program_ = 0, vertices_ = 0;
};

}  // namespace lathe
