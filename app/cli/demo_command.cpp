// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/demo/demo_album.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class DemoCommand final : public Command {
public:
    explicit DemoCommand(CLI::App& app) {
        CLI::App* sub = declare(
            app, "demo", "Write a small, self-made multitrack album with planted faults; the same bytes every time");
        sub->add_option("DIR", folder_, "Its folder")->required();
        sub->add_flag("--force", force_, "Overwrite an album that is there");
    }

    int run(const Cancel& cancel) override {
        const std::filesystem::path folder = std::filesystem::absolute(folder_).lexically_normal();
        if (std::filesystem::exists(folder / "album.toml") && !force_)
            throw InputError(fmt::format("{}: is there already; choose another folder, or overwrite it with --force",
                                         (folder / "album.toml").string()));
        const std::filesystem::path album = write_demo_album(folder, cancel);
        if (common.wants_json())
            write_json(common,
                       {{"lathe_json", 1}, {"path", album.string()}, {"faults", (folder / "faults.json").string()}});
        say(common, fmt::format("{}: three songs, stems, mixdowns, faults.json. Next: lathe render {}\n",
                                album.string(), album.string()));
        return exit_done;
    }

private:
    std::string folder_;
    bool force_ = false;
};

}  // namespace

std::unique_ptr<Command> demo_command(CLI::App& app) { return std::make_unique<DemoCommand>(app); }

}  // namespace lathe
