// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/report/info_text.h"
#include "app/report/render_json.h"
#include "app/session/album_file.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class InfoCommand final : public Command {
public:
    explicit InfoCommand(CLI::App& app) {
        CLI::App* sub =
            declare(app, "info", "An album with all defaults resolved, or what a processor's settings mean");
        sub->add_option("ALBUM", album_, "The album file");
        sub->add_option("--processor", processor_, "A processor's settings: unit, range, default, help")
            ->type_name("TYPE");
        sub->add_flag("--explain", explain_, "Say beside every setting what it does");
    }

    int run(const Cancel&) override {
        if (!processor_.empty()) {
            say(common, processor_help(processor_));
            return exit_done;
        }
        if (album_.empty()) throw InputError("info: ALBUM or --processor TYPE is needed");
        const Album album = read_album(album_);
        if (common.wants_json()) write_json(common, to_json(album));
        say(common, info_text(album, explain_));
        return exit_done;
    }

private:
    std::string album_, processor_;
    bool explain_ = false;
};

}  // namespace

std::unique_ptr<Command> info_command(CLI::App& app) { return std::make_unique<InfoCommand>(app); }

}  // namespace lathe
