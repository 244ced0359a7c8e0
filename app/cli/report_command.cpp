// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/media/atomic_file.h"
#include "app/report/album_report.h"
#include "app/report/report_page.h"

namespace lathe {
namespace {

class ReportCommand final : public Command {
public:
    explicit ReportCommand(CLI::App& app) {
        CLI::App* sub = declare(app, "report", "One HTML page about an album's last render, to send to a client");
        sub->add_option("ALBUM", album_, "The rendered album; or its output folder, or its manifest")->required();
        sub->add_option("--out", out_, "Where to write the page")->required()->type_name("FILE.html");
    }

    int run(const Cancel& cancel) override {
        const std::filesystem::path out = std::filesystem::absolute(out_).lexically_normal();
        RenderOptions options;
        options.cache = cache_of(common);
        options.spill_folder = common.cache_folder();
        const AlbumReport report = gather_report(std::filesystem::absolute(album_).lexically_normal(), options, cancel);
        write_text_file(out, report_page(report));
        if (common.wants_json()) write_json(common, {{"lathe_json", 1}, {"path", out.string()}});
        say(common, fmt::format("report: {}\n", out.string()));
        return exit_done;
    }

private:
    std::string album_, out_;
};

}  // namespace

std::unique_ptr<Command> report_command(CLI::App& app) { return std::make_unique<ReportCommand>(app); }

}  // namespace lathe
