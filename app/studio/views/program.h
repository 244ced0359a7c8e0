// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lathe {

/// lathe-studio: the window, or a script driven through it. Returns the exit code.
int run_studio(int argc, char** argv);

}  // namespace lathe
