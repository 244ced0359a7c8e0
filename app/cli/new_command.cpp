// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/media/atomic_file.h"
#include "app/media/audio_file.h"
#include "app/session/album_file.h"
#include "app/session/new_album.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class NewCommand final : public Command {
public:
    explicit NewCommand(CLI::App& app) {
        CLI::App* sub = declare(app, "new", "Write DIR/album.toml from mixes, in the order given");
        sub->add_option("DIR", folder_, "The album's folder")->required();
        sub->add_option("FILE", files_, "The mixes")->required();
        sub->add_option("--template", template_, "Take chain and deliveries from another album")->type_name("ALBUM");
        sub->add_flag("--force", force_, "Overwrite an album that is there");
    }

    int run(const Cancel&) override {
        const std::filesystem::path folder = std::filesystem::absolute(folder_).lexically_normal(),
                                    path = folder / "album.toml";
        if (std::filesystem::exists(path) && !force_)
            throw InputError(fmt::format("{}: is there already; choose another folder, or overwrite it with --force",
                                         path.string()));
        std::vector<std::filesystem::path> mixes;
        for (const std::string& file : files_) {
            mixes.push_back(std::filesystem::absolute(file).lexically_normal());
            AudioReader check(mixes.back());
        }
        std::optional<Album> like;
        if (!template_.empty()) like = read_album(template_);
        const std::string text = new_album_text(folder, mixes, like ? &*like : nullptr);
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) throw SystemError(fmt::format("{}: cannot make the folder: {}", folder.string(), error.message()));
        write_text_file(path, text);
        if (common.wants_json())
            write_json(common, {{"lathe_json", 1}, {"path", path.string()}, {"tracks", mixes.size()}});
        say(common, fmt::format("{}: {} tracks. Next: lathe render {}\n", path.string(), mixes.size(), path.string()));
        return exit_done;
    }

private:
    std::string folder_, template_;
    std::vector<std::string> files_;
    bool force_ = false;
};

}  // namespace

std::unique_ptr<Command> new_command(CLI::App& app) { return std::make_unique<NewCommand>(app); }

}  // namespace lathe
