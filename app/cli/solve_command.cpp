// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/progress_line.h"
#include "app/media/atomic_file.h"
#include "app/render/hold_gains.h"
#include "app/render/render.h"
#include "app/report/render_json.h"
#include "app/report/render_report.h"
#include "app/report/table.h"
#include "app/session/album_file.h"

namespace lathe {
namespace {

class SolveCommand final : public Command {
public:
    explicit SolveCommand(CLI::App& app) {
        CLI::App* sub = declare(
            app, "solve",
            "Find the gains that meet the targets; --write keeps them in the album and turns normalisation off");
        sub->add_option("ALBUM", album_, "The album file")->required();
        sub->add_flag("--write", write_,
                      "Write them into the album as gain_db and set normalize = \"off\"; the audio does not change");
    }

    int run(const Cancel& cancel) override {
        const Album album = read_album(album_);
        RenderOptions options;
        options.spill_folder = common.cache_folder();
        options.cache = cache_of(common);
        options.precision = common.precision == "f64" ? Precision::f64 : Precision::f32;
        RenderProgress progress;
        SolvedGains solved;
        {
            const ProgressLine line(progress, common.progress, common.quiet || common.json == "-");
            solved = solve_album(album, options, progress, cancel);
        }
        if (write_) write_text_file(album.path, edited(album, edits_to_hold(album, solved)));
        if (common.wants_json()) write_json(common, to_json(solved));
        for (const RenderWarning& warning : solved.warnings) fmt::print(stderr, "{}\n", warning_text(warning));
        say(common, table_of(solved) + (write_ ? fmt::format("{}: saved\n", album.path.string()) : ""));
        return solved.target_failed ? exit_check_failed : exit_done;
    }

private:
    static std::string table_of(const SolvedGains& solved) {
        Table table({Table::Align::left, Table::Align::left, Table::Align::right, Table::Align::right});
        table.add({"master", "track", "typed dB", "solved dB"});
        for (const SolvedGains::Gain& gain : solved.gains)
            table.add({gain.master, gain.track, fmt::format("{:+.2f}", gain.typed_db),
                       fmt::format("{:+.4f}", gain.solved_db)});
        return table.text();
    }

    std::string album_;
    bool write_ = false;
};

}  // namespace

std::unique_ptr<Command> solve_command(CLI::App& app) { return std::make_unique<SolveCommand>(app); }

}  // namespace lathe
