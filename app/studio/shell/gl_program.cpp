// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/gl_program.h"

#include <epoxy/gl.h>

#include <array>

#include "dsp/core/error.h"

namespace lathe {
namespace {

using Log = std::array<char, 1024>;

unsigned compile(unsigned kind, const std::string& text) {
    const unsigned shader = glCreateShader(kind);
    const char* const source = text.c_str();
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    int done = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &done);
    if (done) return shader;
    Log log{};
    glGetShaderInfoLog(shader, static_cast<int>(log.size()), nullptr, log.data());
    glDeleteShader(shader);
    throw SystemError(std::string("a shader does not compile here: ") + log.data());
}

}  // namespace

unsigned link_program(const std::string& vertex, const std::string& fragment) {
    const unsigned program = glCreateProgram();
    for (const auto& [kind, text] : {std::pair(GL_VERTEX_SHADER, &vertex), {GL_FRAGMENT_SHADER, &fragment}}) {
        const unsigned shader = compile(static_cast<unsigned>(kind), *text);
        glAttachShader(program, shader);
        glDeleteShader(shader);
    }
    glLinkProgram(program);
    int done = 0;
    glGetProgramiv(program, GL_LINK_STATUS, &done);
    if (done) return program;
    Log log{};
    glGetProgramInfoLog(program, static_cast<int>(log.size()), nullptr, log.data());
    glDeleteProgram(program);
    throw SystemError(std::string("a shader does not link here: ") + log.data());
}

}  // namespace lathe
