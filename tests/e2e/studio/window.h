// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "tests/e2e/program.h"

namespace lathe::test {

/// Runs lathe-studio on an album (empty: none) on the test program's virtual screen, driven by a script. Its cache and
/// what it keeps for recovery lie in `folder`. before: a command in front of it. audio: the device it plays through;
/// empty: the system's.
Ran run_script(const TemporaryFolder& folder, const std::filesystem::path& album, const std::string& script,
               const std::string& before = "", const std::string& audio = "none");

}  // namespace lathe::test
