// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lathe {

/// Exit codes of the programs.
enum ExitCode {
    exit_done = 0,
    exit_check_failed = 1,
    exit_bad_input = 2,
    exit_system_failed = 3,
    exit_interrupted = 130
};

}  // namespace lathe
