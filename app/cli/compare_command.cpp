// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/render/compare.h"
#include "app/report/compare_report.h"

namespace lathe {
namespace {

class CompareCommand final : public Command {
public:
    explicit CompareCommand(CLI::App& app) {
        CLI::App* sub =
            declare(app, "compare",
                    "Null test of two files: how much is left of B when A is taken away, where, and in which band");
        sub->add_option("A", a_, "The file compared with")->required();
        sub->add_option("B", b_, "The file compared")->required();
    }

    int run(const Cancel& cancel) override {
        const Comparison comparison =
            compare_files(std::filesystem::absolute(a_), std::filesystem::absolute(b_), cancel);
        if (common.wants_json()) write_json(common, to_json(comparison));
        say(common, compare_text(comparison));
        return exit_done;
    }

private:
    std::string a_, b_;
};

}  // namespace

std::unique_ptr<Command> compare_command(CLI::App& app) { return std::make_unique<CompareCommand>(app); }

}  // namespace lathe
