// SPDX-License-Identifier: GPL-3.0-or-later
#version 330 core
out vec2 place;  // 0 at the picture's left and bottom, 1 at its right and top

void main() {
    place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    gl_Position = vec4(2.0 * place - 1.0, 0.0, 1.0);
}
