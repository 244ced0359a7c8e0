// SPDX-License-Identifier: GPL-3.0-or-later
#version 330 core
// A picture of tiles of codes: level by colour, each pixel the highest that lies in it, or read between its neighbours
// where cells are wider than pixels.
uniform sampler2DArray codes;  // [layer][column][row], 0 … 1
uniform sampler2D colours;     // from quiet to loud
uniform ivec2 tiles[64];       // of the tile first_tile + i: its layer, or -1; by how many levels it is coarser
uniform int first_tile, tile_count, column_count, row_count;
uniform vec2 columns;   // at the left edge and at the right, counted from first_tile's first one
uniform vec2 rows;      // at the bottom and at the top
uniform vec2 cells;     // columns and rows a pixel
uniform vec2 code_db;   // of the least code, and of the whole range of codes
uniform vec2 range_db;  // of the first colour and of the last
uniform vec2 tilt;      // dB a row, and the row that keeps its level
uniform vec4 ground;
uniform float strength;

in vec2 place;
out vec4 colour;

const int most = 8;

float code(int column, int row) {
    int tile = column >> 8, whole = column + (first_tile << 8);
    if (whole < 0 || whole >= column_count || row < 0 || row >= row_count || tile < 0 || tile >= tile_count)
        return -1.0;
    ivec2 found = tiles[tile];
    if (found.x < 0) return -1.0;
    return texelFetch(codes, ivec3(row, (whole >> found.y) & 255, found.x), 0).r;
}

float of_column(int column, float at) {
    if (cells.y < 1.0) {
        int row = int(floor(at));
        float low = code(column, row), high = code(column, row + 1);
        return min(low, high) < 0.0 ? max(low, high) : mix(low, high, at - float(row));
    }
    int first = int(floor(at + 0.5 - 0.5 * cells.y)), last = int(floor(at + 0.5 + 0.5 * cells.y));
    float highest = -1.0;
    for (int row = first; row <= min(last, first + most); ++row) highest = max(highest, code(column, row));
    return highest;
}

float of_pixel(vec2 at) {
    if (cells.x < 1.0) {
        int column = int(floor(at.x - 0.5));
        float before = of_column(column, at.y), after = of_column(column + 1, at.y);
        return min(before, after) < 0.0 ? max(before, after) : mix(before, after, at.x - 0.5 - float(column));
    }
    int first = int(floor(at.x - 0.5 * cells.x)), last = int(floor(at.x + 0.5 * cells.x));
    float highest = -1.0;
    for (int column = first; column <= min(last, first + most); ++column)
        highest = max(highest, of_column(column, at.y));
    return highest;
}

void main() {
    vec2 at = vec2(mix(columns.x, columns.y, place.x), mix(rows.x, rows.y, place.y));
    float found = of_pixel(at);
    if (found < 0.0) {
        colour = ground;
        return;
    }
    float db = code_db.x + found * code_db.y + tilt.x * (at.y - tilt.y);
    float share = found == 0.0 ? 0.0 : clamp((db - range_db.x) / (range_db.y - range_db.x), 0.0, 1.0);
    vec4 lit = texture(colours, vec2((share * 255.0 + 0.5) / 256.0, 0.5));
    colour = mix(ground, lit, strength);
}
