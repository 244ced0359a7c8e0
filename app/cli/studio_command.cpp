// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/cli/command.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class StudioCommand final : public Command {
public:
    explicit StudioCommand(CLI::App& app) {
        CLI::App* sub = declare(app, "studio", "Open the workstation's window");
        sub->add_option("ALBUM", album_, "The album file; none: an empty window");
    }

    /// Becomes lathe-studio, which lies beside this program: that one links what draws, this one does not.
    int run(const Cancel&) override {
        const std::filesystem::path studio =
            std::filesystem::read_symlink("/proc/self/exe").parent_path() / "lathe-studio";
        ::execl(studio.c_str(), "lathe-studio", album_.empty() ? nullptr : album_.c_str(), nullptr);
        throw SystemError(fmt::format("{}: {}; build it with ./dev build", studio.string(), std::strerror(errno)));
    }

private:
    std::string album_;
};

}  // namespace

std::unique_ptr<Command> studio_command(CLI::App& app) { return std::make_unique<StudioCommand>(app); }

}  // namespace lathe
