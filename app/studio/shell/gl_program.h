// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lathe {

/// A linked program of two shaders. Throws SystemError with what the compiler says.
unsigned link_program(const std::string& vertex, const std::string& fragment);

}  // namespace lathe
