// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/media/atomic_file.h"
#include "app/session/album_file.h"

namespace lathe {
namespace {

class SetCommand final : public Command {
public:
    explicit SetCommand(CLI::App& app) {
        CLI::App* sub = declare(app, "set", "Edit an album file; comments, order and everything else stay");
        sub->add_option("ALBUM", album_, "The album file")->required();
        sub->add_option("EDIT", sets_,
                        "PATH=VALUE, as album.loudness_lufs=-12, eq.bands.mud.gain_db=-3, track.one.gain_db=1, "
                        "deliver.hires.bits=16")
            ->required();
    }

    int run(const Cancel&) override {
        const Album album = read_album(album_);
        std::vector<Edit> edits;
        for (const std::string& set : sets_) edits.push_back(parse_edit(set));
        const std::string text = edited(album, edits);
        if (text != album.text) write_text_file(album.path, text);
        if (common.wants_json())
            write_json(common, {{"lathe_json", 1}, {"path", album.path.string()}, {"changed", text != album.text}});
        say(common, fmt::format("{}: {}\n", album.path.string(), text != album.text ? "saved" : "already so"));
        return exit_done;
    }

private:
    std::string album_;
    std::vector<std::string> sets_;
};

}  // namespace

std::unique_ptr<Command> set_command(CLI::App& app) { return std::make_unique<SetCommand>(app); }

}  // namespace lathe
