// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/media/atomic_file.h"
#include "app/render/level_file.h"
#include "app/render/measure_file.h"
#include "app/report/info_text.h"
#include "app/report/level_charts.h"
#include "app/report/level_report.h"
#include "app/report/render_json.h"
#include "dsp/core/error.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

class MeasureCommand final : public Command {
public:
    explicit MeasureCommand(CLI::App& app) {
        CLI::App* sub =
            declare(app, "measure", "Loudness, true peak, loudness range, peaks, DC, clipping, correlation, silence");
        sub->add_option("FILE", files_, "Audio files")->required();
        sub->add_option("--over-time", over_time_, "Write levels over time as a table (CSV), of one file")
            ->type_name("FILE");
        rate_option_ =
            sub->add_option("--rate", rate_, "Its lines a second: 10 (default), 20, 25, 50 or 100")->type_name("HZ");
        sub->add_option("--png", png_, "Write a picture of loudness over time, of one file")->type_name("FILE");
        sub->add_option("--theme", theme_, "Of the picture: dark or light")->type_name("NAME");
    }

    int run(const Cancel& cancel) override {
        check_word("--theme", "theme", theme_, {theme_names.begin(), theme_names.end()});
        check_level_rate(rate_);
        if (rate_option_->count() && over_time_.empty()) throw InputError("--rate: needs --over-time FILE");
        const bool follow = !over_time_.empty() || !png_.empty();
        if (follow && files_.size() > 1)
            throw InputError("--over-time and --png: take one audio file; run them file by file");
        std::vector<FileMeasurement> measured(files_.size());
        in_parallel(files_.size(),
                    [&](std::size_t i) { measured[i] = measure_file(path_of(files_[i]), MonoWeight::single, cancel); });
        if (follow) write_levels(cancel);
        if (common.wants_json()) write_json(common, to_json(measured));
        say(common, measure_text(measured));
        return exit_done;
    }

private:
    static std::filesystem::path path_of(const std::string& file) {
        return std::filesystem::absolute(file).lexically_normal();
    }

    void write_levels(const Cancel& cancel) const {
        const FileLevels levels = levels_of_file(path_of(files_.front()), MonoWeight::single, cache_of(common), cancel);
        if (!over_time_.empty())
            write_text_file(std::filesystem::absolute(over_time_), level_csv(levels.history, rate_));
        if (!png_.empty())
            write_text_file(
                std::filesystem::absolute(png_),
                chart_png(loudness_chart(levels.history, levels.info.path.filename().string()), theme_of(theme_)));
    }

    std::vector<std::string> files_;
    std::string over_time_, png_, theme_ = "dark";
    int rate_ = 10;
    CLI::Option* rate_option_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> measure_command(CLI::App& app) { return std::make_unique<MeasureCommand>(app); }

}  // namespace lathe
