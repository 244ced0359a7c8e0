// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lathe {

/// Which OpenGL context is there, counted: what was made in another is gone with it.
int gl_context();
void begin_gl_context();

/// A linked program of two shaders. Throws SystemError with what the compiler says.
unsigned link_program(const std::string& vertex, const std::string& fragment);

}  // namespace lathe
