// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/progress_line.h"
#include "app/render/dry_run.h"
#include "app/render/manifest.h"
#include "app/render/verify.h"
#include "app/report/render_json.h"
#include "app/report/render_report.h"
#include "app/session/album_file.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

class RenderCommand final : public Command {
public:
    explicit RenderCommand(CLI::App& app) {
        CLI::App* sub = declare(app, "render", "Master every track of an album and write every deliverable");
        sub->add_option("ALBUM", album_, "The album file; not with --verify");
        sub->add_option("--out", out_, "Folder of the deliverables; default: beside the album")->type_name("DIR");
        sub->add_option("--track", tracks_, "Only these tracks, by id or position")
            ->delimiter(',')
            ->type_name("ID[,…]");
        sub->add_option("--deliver", deliveries_, "Only these deliveries, by name")
            ->delimiter(',')
            ->type_name("NAME[,…]");
        sub->add_option("--set", sets_, "A setting for this render only, as eq.bands.mud.gain_db=-3")
            ->type_name("PATH=VALUE")
            ->allow_extra_args(false);
        sub->add_option("--verify", verify_, "Render again what a manifest says, and compare")->type_name("MANIFEST");
        sub->add_option("--certify", certify_,
                        "How the render proves its rounding: recomputed in double at some places, as a whole, or not")
            ->type_name("sampled|full|off");
        sub->add_flag("--dry-run", dry_run_, "Say what would be made, and make nothing");
        sub->add_flag("--force", force_, "Overwrite files that the last render did not make");
        sub->add_flag("--prune", prune_, "Remove files that the last render made and this one does not");
        sub->add_flag("--stages", stages_, "Print the processor time of every stage");
    }

    int run(const Cancel& cancel) override {
        if (album_.empty() == verify_.empty())
            throw InputError(album_.empty() ? "render: ALBUM is required; or --verify MANIFEST"
                                            : "render: ALBUM and --verify MANIFEST exclude each other");
        check_word("--certify", "way", certify_, {certify_modes.begin(), certify_modes.end()});
        if (!verify_.empty()) return verify(cancel);
        std::vector<Edit> edits;
        for (const std::string& set : sets_) edits.push_back(parse_edit(set));
        Album album = read_album(album_);
        if (!edits.empty()) album = with_edits(album, edits);
        RenderOptions options = common_options();
        options.out_folder = out_;
        options.selection = {tracks_, deliveries_};
        options.force = force_;
        options.prune = prune_;
        options.cache = cache_of(common);
        options.certify = static_cast<Certify>(std::find(certify_modes.begin(), certify_modes.end(), certify_) -
                                               certify_modes.begin());
        return dry_run_ ? plan(album, options) : render(album, options, cancel);
    }

private:
    RenderOptions common_options() const {
        RenderOptions options;
        options.spill_folder = common.cache_folder();
        options.certify = Certify::off;
        options.precision = common.precision == "f64" ? Precision::f64 : Precision::f32;
        return options;
    }

    int verify(const Cancel& cancel) const {
        RenderProgress progress;
        Verification found;
        {
            const ProgressLine line(progress, common.progress, common.quiet || common.json == "-");
            found = verify_manifest(verify_, common_options(), progress, cancel);
        }
        if (common.wants_json()) write_json(common, to_json(found));
        say(common, verification_text(found));
        return found.holds() ? exit_done : exit_check_failed;
    }

    int plan(const Album& album, const RenderOptions& options) const {
        const DryRun dry = dry_run(album, options);
        if (common.wants_json()) write_json(common, to_json(dry));
        say(common, dry_run_text(dry));
        return exit_done;
    }

    int render(const Album& album, const RenderOptions& options, const Cancel& cancel) const {
        RenderProgress progress;
        RenderResult result;
        {
            const ProgressLine line(progress, common.progress, common.quiet || common.json == "-");
            result = render_album(album, options, progress, cancel);
        }
        if (common.wants_json()) write_json(common, to_json(result));
        for (const RenderWarning& warning : result.warnings) fmt::print(stderr, "{}\n", warning_text(warning));
        say(common, render_text(result) + (stages_ ? "\n" + stage_text(result) : ""));
        return result.target_failed ? exit_check_failed : exit_done;
    }

    std::string album_, out_, verify_, certify_{certify_modes.front()};
    std::vector<std::string> tracks_, deliveries_, sets_;
    bool dry_run_ = false, force_ = false, prune_ = false, stages_ = false;
};

}  // namespace

std::unique_ptr<Command> render_command(CLI::App& app) { return std::make_unique<RenderCommand>(app); }

}  // namespace lathe
