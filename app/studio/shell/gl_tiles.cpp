// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/gl_tiles.h"

#include <epoxy/gl.h>

#include <algorithm>

#include "app/studio/shell/gl_program.h"
#include "shaders.h"

namespace lathe {
namespace {

constexpr std::size_t uploads_a_frame = 6;

void keep_edges(unsigned kind) {
    glTexParameteri(kind, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(kind, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(kind, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(kind, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

void GlTiles::bring(const TileKey& key, std::shared_ptr<const std::vector<std::uint8_t>> tile) {
    const bool is_coming = std::any_of(coming_.begin(), coming_.end(), [&](const Coming& c) { return c.key == key; });
    if (!holds(key) && !is_coming) coming_.push_back({key, std::move(tile)});
}

void GlTiles::set_colours(const std::array<std::uint32_t, 256>& colours) {
    colours_are_new_ = colours_are_new_ || colours != colours_;
    colours_ = colours;
}

void GlTiles::draw(const Picture& picture, ImVec2 low, ImVec2 high, ImU32 ground) {
    picture_ = picture;
    low_ = low;
    high_ = high;
    ground_ = ground;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect(low, high, true);
    list.AddCallback(render, this);
    list.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
    list.PopClipRect();
}

void GlTiles::render(const ImDrawList*, const ImDrawCmd* command) {
    GlTiles& self = *static_cast<GlTiles*>(command->UserCallbackData);
    self.make(self.picture_.row_count);
    self.upload();
    self.paint(command->ClipRect);
}

/// What is not there yet, or went with another context.
void GlTiles::make(int rows) {
    ++frame_;
    const bool is_first = context_ != gl_context();
    context_ = gl_context();
    if (rows == rows_ && !is_first) return;
    if (!is_first) glDeleteTextures(1, &texture_);
    rows_ = rows;
    layers_.clear();
    taken_.fill({});
    glActiveTexture(GL_TEXTURE0);
    glGenTextures(1, &texture_);
    glBindTexture(GL_TEXTURE_2D_ARRAY, texture_);
    keep_edges(GL_TEXTURE_2D_ARRAY);
    glTexImage3D(GL_TEXTURE_2D_ARRAY, 0, GL_R8, rows, tile_columns, layer_count, 0, GL_RED, GL_UNSIGNED_BYTE, nullptr);
    if (!is_first) return;
    program_ = link_program(tiles_vert, tiles_frag);
    glGenVertexArrays(1, &vertices_);
    glGenTextures(1, &colour_texture_);
    colours_are_new_ = true;
}

void GlTiles::upload() {
    glActiveTexture(GL_TEXTURE0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    const std::size_t count = std::min(coming_.size(), uploads_a_frame);
    glBindTexture(GL_TEXTURE_2D_ARRAY, texture_);
    for (std::size_t i = 0; i < count; ++i) {
        const Coming& coming = coming_[i];
        const auto oldest = std::min_element(taken_.begin(), taken_.end(),
                                             [](const Layer& a, const Layer& b) { return a.used < b.used; });
        const int layer = static_cast<int>(oldest - taken_.begin()),
                  columns = static_cast<int>(coming.tile->size()) / rows_;
        if (oldest->is_taken) layers_.erase(oldest->key);
        *oldest = {coming.key, frame_, true};
        layers_[coming.key] = layer;
        glTexSubImage3D(GL_TEXTURE_2D_ARRAY, 0, 0, 0, layer, rows_, columns, 1, GL_RED, GL_UNSIGNED_BYTE,
                        coming.tile->data());
    }
    coming_.erase(coming_.begin(), coming_.begin() + static_cast<std::ptrdiff_t>(count));
    if (!colours_are_new_) return;
    glBindTexture(GL_TEXTURE_2D, colour_texture_);
    keep_edges(GL_TEXTURE_2D);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, 256, 1, 0, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, colours_.data());
    colours_are_new_ = false;
}

/// For each tile that the picture meets, the layer of it or of the nearest coarser one, and how much coarser.
std::array<int, 2 * GlTiles::most_tiles> GlTiles::found_layers() {
    std::array<int, 2 * most_tiles> found{};
    for (std::int64_t i = 0; i < most_tiles; ++i) {
        int* const slot = &found[static_cast<std::size_t>(2 * i)];
        slot[0] = -1;
        for (int up = 0; i < picture_.tile_count && picture_.level + up < picture_.levels && slot[0] < 0; ++up) {
            const auto at = layers_.find({picture_.id, picture_.level + up, (picture_.first_tile + i) >> up});
            if (at == layers_.end()) continue;
            slot[0] = at->second;
            slot[1] = up;
            taken_[static_cast<std::size_t>(at->second)].used = frame_;
        }
    }
    return found;
}

void GlTiles::paint(const ImVec4& clip) {
    const ImDrawData& data = *ImGui::GetDrawData();
    const ImVec2 scale = data.FramebufferScale, origin = data.DisplayPos;
    const float bottom = data.DisplaySize.y * scale.y;
    const auto pixel = [](float at) { return static_cast<int>(at + 0.5f); };
    const auto box = [&](float x0, float y0, float x1, float y1, auto set) {
        set(pixel((x0 - origin.x) * scale.x), pixel(bottom - (y1 - origin.y) * scale.y), pixel((x1 - x0) * scale.x),
            pixel((y1 - y0) * scale.y));
    };
    box(low_.x, low_.y, high_.x, high_.y, [](int x, int y, int w, int h) { glViewport(x, y, w, h); });
    box(clip.x, clip.y, clip.z, clip.w, [](int x, int y, int w, int h) { glScissor(x, y, w, h); });
    glDisable(GL_BLEND);
    glUseProgram(program_);
    glBindVertexArray(vertices_);
    glActiveTexture(GL_TEXTURE1);
    glBindTexture(GL_TEXTURE_2D, colour_texture_);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D_ARRAY, texture_);
    const auto at = [&](const char* name) { return glGetUniformLocation(program_, name); };
    const auto pair = [&](const char* name, double a, double b) {
        glUniform2f(at(name), static_cast<float>(a), static_cast<float>(b));
    };
    const Picture& p = picture_;
    const std::array<int, 2 * most_tiles> found = found_layers();
    // Columns are told from the first tile's first one on, so that they stay exact in single precision.
    const std::int64_t first = p.first_tile * tile_columns;
    const auto base = static_cast<double>(first);
    glUniform1i(at("codes"), 0);
    glUniform1i(at("colours"), 1);
    glUniform2iv(at("tiles"), most_tiles, found.data());
    glUniform1i(at("first_tile"), static_cast<int>(p.first_tile));
    glUniform1i(at("tile_count"), static_cast<int>(std::min<std::int64_t>(p.tile_count, most_tiles)));
    glUniform1i(at("column_count"), static_cast<int>(p.column_count));
    glUniform1i(at("row_count"), p.row_count);
    pair("columns", p.from_column - base, p.to_column - base);
    pair("rows", p.from_row, p.to_row);
    pair("cells", (p.to_column - p.from_column) / static_cast<double>((high_.x - low_.x) * scale.x),
         (p.to_row - p.from_row) / static_cast<double>((high_.y - low_.y) * scale.y));
    pair("code_db", p.code_db.low, p.code_db.high - p.code_db.low);
    pair("range_db", p.shown_db.low, p.shown_db.high);
    pair("tilt", p.tilt_db_row, p.level_row);
    const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(ground_);
    glUniform4f(at("ground"), ground.x, ground.y, ground.z, 1);
    glUniform1f(at("strength"), p.strength);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace lathe
