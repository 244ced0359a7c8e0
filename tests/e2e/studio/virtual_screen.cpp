// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/studio/virtual_screen.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace lathe::test {
namespace {

/// In the child: what writes the number of its display to `out`, and a line.
[[noreturn]] void become_server(int out) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    const int nowhere = ::open("/dev/null", O_RDWR);
    ::dup2(nowhere, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execlp("Xvfb", "Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset", nullptr);
    ::_exit(127);
}

/// The line that comes out of a pipe; what came of it where it ends before.
std::string line_from(int pipe) {
    std::string line;
    for (char c = 0; ::read(pipe, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

}  // namespace

VirtualScreen::VirtualScreen() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for Xvfb");
    server_ = ::fork();
    if (server_ == 0) become_server(ends[1]);
    ::close(ends[1]);
    const std::string number = server_ > 0 ? line_from(ends[0]) : "";
    ::close(ends[0]);
    if (number.empty()) {
        if (server_ > 0) ::waitpid(server_, nullptr, 0);
        throw std::runtime_error("Xvfb does not start");
    }
    display_ = ":" + number;
}

VirtualScreen::~VirtualScreen() {
    ::kill(server_, SIGTERM);
    ::waitpid(server_, nullptr, 0);
}

}  // namespace lathe::test
