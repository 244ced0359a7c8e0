// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/studio/window.h"

#include <fmt/format.h>

#include "tests/e2e/studio/virtual_screen.h"

namespace lathe::test {

Ran run_script(const TemporaryFolder& folder, const std::filesystem::path& album, const std::string& script,
               const std::string& before, const std::string& audio) {
    static const VirtualScreen screen;
    const std::filesystem::path file = folder / "test.script";
    write_text(file, script);
    return run_shell(fmt::format(
        "export DISPLAY={0} XDG_STATE_HOME={1}/state; {2}{3} {4} --script {5} --cache {1}/cache --audio '{6}'",
        screen.display(), folder.path().string(), before, LATHE_STUDIO, album.string(), file.string(), audio));
}

}  // namespace lathe::test
