// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/studio/window.h"

#include <fmt/format.h>

namespace lathe::test {

Ran run_script(const TemporaryFolder& folder, const std::filesystem::path& album, const std::string& script,
               const std::string& before, const std::string& audio) {
    const std::filesystem::path file = folder / "test.script";
    write_text(file, script);
    return run_shell(
        fmt::format("XDG_STATE_HOME={0}/state xvfb-run -a -s '-screen 0 1400x900x24' {1}{2} {3} --script {4} "
                    "--cache {0}/cache --audio '{5}'",
                    folder.path().string(), before, LATHE_STUDIO, album.string(), file.string(), audio));
}

}  // namespace lathe::test
