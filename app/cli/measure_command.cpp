// SPDX-License-Identifier: GPL-3.0-or-later
#include <tbb/parallel_for.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/render/measure_file.h"
#include "app/report/info_text.h"
#include "app/report/render_json.h"

namespace lathe {
namespace {

class MeasureCommand final : public Command {
public:
    explicit MeasureCommand(CLI::App& app) {
        CLI::App* sub =
            declare(app, "measure", "Loudness, true peak, loudness range, peaks, DC, clipping, correlation, silence");
        sub->add_option("FILE", files_, "Audio files")->required();
    }

    int run(const Cancel& cancel) override {
        std::vector<FileMeasurement> measured(files_.size());
        tbb::parallel_for(
            std::size_t{0}, files_.size(),
            [&](std::size_t i) {
                measured[i] =
                    measure_file(std::filesystem::absolute(files_[i]).lexically_normal(), MonoWeight::single, cancel);
            },
            tbb::simple_partitioner{});
        if (common.wants_json()) write_json(common, to_json(measured));
        say(common, measure_text(measured));
        return exit_done;
    }

private:
    std::vector<std::string> files_;
};

}  // namespace

std::unique_ptr<Command> measure_command(CLI::App& app) { return std::make_unique<MeasureCommand>(app); }

}  // namespace lathe
