// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/render/compare_renders.h"
#include "app/report/compare_report.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class CompareCommand final : public Command {
public:
    explicit CompareCommand(CLI::App& app) {
        CLI::App* sub =
            declare(app, "compare",
                    "Null test of two files: how much is left of B when A is taken away, where, and in which band");
        sub->add_option("A", a_, "The file compared with; or a render: an album, its output folder or its manifest")
            ->required();
        sub->add_option("B", b_, "The file compared, or the render")->required();
    }

    int run(const Cancel& cancel) override {
        const std::filesystem::path a = std::filesystem::absolute(a_), b = std::filesystem::absolute(b_);
        if (names_render(a) != names_render(b))
            throw InputError(fmt::format("{} and {}: a file and a render; name two files or two renders", a_, b_));
        return names_render(a) ? report(compare_renders(a, b, cancel)) : report(compare_files(a, b, cancel));
    }

private:
    template <class Found>
    int report(const Found& found) const {
        if (common.wants_json()) write_json(common, to_json(found));
        say(common, compare_text(found));
        return exit_done;
    }

    std::string a_, b_;
};

}  // namespace

std::unique_ptr<Command> compare_command(CLI::App& app) { return std::make_unique<CompareCommand>(app); }

}  // namespace lathe
