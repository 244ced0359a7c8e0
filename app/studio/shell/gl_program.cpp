// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/gl_program.h"

#include <epoxy/gl.h>

#include <array>

#include "dsp/core/error.h"

namespace lathe {
namespace {

int context = 0;

/// Returns the object if it was made well; else removes it and throws with what the driver says of it.
template <class Ask, class Read, class Remove>
unsigned checked(unsigned object, unsigned question, Ask ask, Read read_log, Remove remove, const char* what) {
    int done = 0;
    ask(object, question, &done);
    if (done) return object;
    std::array<char, 1024> log{};
    read_log(object, static_cast<int>(log.size()), nullptr, log.data());
    remove(object);
    throw SystemError(std::string(what) + " here: " + log.data());
}

unsigned compile(unsigned kind, const std::string& text) {
    const unsigned shader = glCreateShader(kind);
    const char* const source = text.c_str();
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    return checked(shader, GL_COMPILE_STATUS, glGetShaderiv, glGetShaderInfoLog, glDeleteShader,
                   "a shader does not compile");
}

}  // namespace

int gl_context() { return context; }
void begin_gl_context() { ++context; }

unsigned link_program(const std::string& vertex, const std::string& fragment) {
    const unsigned program = glCreateProgram();
    for (const auto& [kind, text] : {std::pair(GL_VERTEX_SHADER, &vertex), {GL_FRAGMENT_SHADER, &fragment}}) {
        const unsigned shader = compile(static_cast<unsigned>(kind), *text);
        glAttachShader(program, shader);
        glDeleteShader(shader);
    }
    glLinkProgram(program);
    return checked(program, GL_LINK_STATUS, glGetProgramiv, glGetProgramInfoLog, glDeleteProgram,
                   "a shader does not link");
}

}  // namespace lathe
