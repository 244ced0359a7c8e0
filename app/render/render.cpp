// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/render.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/manifest.h"
#include "app/render/render_run.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

std::vector<std::filesystem::path> stale_files(const Manifest& manifest, const DeliveryPlan& plan,
                                               const Selection& selection) {
    std::vector<std::filesystem::path> stale;
    if (!selection.tracks.empty() || !selection.deliveries.empty())
        return stale;  // what was not asked for is not stale
    const std::vector<std::filesystem::path> planned = plan.files();
    for (const std::filesystem::path& file : manifest.files())
        if (std::find(planned.begin(), planned.end(), file) == planned.end() && std::filesystem::exists(file))
            stale.push_back(file);
    return stale;
}

/// The files that stay on the manifest's list after a render: those made, and those of before that are still there.
std::vector<std::filesystem::path> kept_files(const Manifest& manifest, const DeliveryPlan& plan,
                                              const std::vector<std::filesystem::path>& pruned) {
    std::vector<std::filesystem::path> kept = plan.files();
    for (const std::filesystem::path& file : manifest.files()) {
        const auto has = [&](const auto& list) { return std::find(list.begin(), list.end(), file) != list.end(); };
        if (!has(kept) && !has(pruned) && std::filesystem::exists(file)) kept.push_back(file);
    }
    return kept;
}

void prune(RenderResult& result) {
    for (const std::filesystem::path& file : result.stale_files) {
        std::error_code error;
        std::filesystem::remove(file, error);
        if (error)
            throw SystemError(fmt::format("{}: cannot remove the stale file: {}", file.string(), error.message()));
        result.pruned_files.push_back(file);
    }
    result.stale_files.clear();
}

template <class Sample>
RenderResult render_as(const Album& album, const RenderOptions& options, RenderProgress& progress,
                       const Cancel& cancel) {
    Production<Sample> production(album, options);
    const std::vector<std::filesystem::path> planned = production.plan().files();
    if (!options.force) Manifest(production.out_folder()).check_overwrites(planned);
    const OutputFolder folder(production.out_folder());
    const Manifest manifest(production.out_folder());
    manifest.announce(planned);
    RenderRun<Sample> run(production, options, progress, cancel);
    try {
        run.run(true);
    } catch (...) {
        manifest.settle(planned);
        throw;
    }
    options.cache.trim();
    RenderResult result = run.take_result();
    for (ProgrammeOrigin& origin : result.origins)
        if (!origin.cached) origin.why = options.cache.is_on() ? manifest.why_rendered(origin) : "the cache is off";
    result.manifest = manifest.path();
    result.recipe = {album.path, album.text, production.library().inputs()};
    result.stale_files = stale_files(manifest, production.plan(), options.selection);
    if (options.prune) prune(result);
    manifest.write(result, kept_files(manifest, production.plan(), result.pruned_files));
    return result;
}

template <class Sample>
SolvedGains solve_as(const Album& album, const RenderOptions& options, RenderProgress& progress, const Cancel& cancel) {
    Production<Sample> production(album, options);
    RenderRun<Sample> run(production, options, progress, cancel);
    run.run(false);
    options.cache.trim();
    return run.gains();
}

std::string names_of(const Plan& plan) {
    std::string names;
    for (const StageSpec& stage : plan.stages) names += (names.empty() ? "" : " → ") + stage.name;
    return names.empty() ? "nothing" : names;
}

}  // namespace

double RenderProgress::done_share() const {
    const double expected = expected_.load();
    const double share = expected > 0 ? std::min(1.0, done() / expected) : 0;
    if (share > shown_.load()) shown_.store(share);
    return shown_.load();
}

RenderResult render_album(const Album& album, const RenderOptions& options, RenderProgress& progress,
                          const Cancel& cancel) {
    return options.precision == Precision::f64 ? render_as<double>(album, options, progress, cancel)
                                               : render_as<float>(album, options, progress, cancel);
}

SolvedGains solve_album(const Album& album, const RenderOptions& options, RenderProgress& progress,
                        const Cancel& cancel) {
    return options.precision == Precision::f64 ? solve_as<double>(album, options, progress, cancel)
                                               : solve_as<float>(album, options, progress, cancel);
}

DryRun dry_run(const Album& album, const RenderOptions& options) {
    Production<float> production(album, options);
    const Manifest manifest(production.out_folder());
    DryRun dry;
    const auto add = [&](const std::filesystem::path& path, const PlannedStream& stream, const std::string& track) {
        dry.files.push_back({path, stream.delivery->name, stream.master->name, stream.version, track,
                             std::string(deliver_formats[static_cast<std::size_t>(stream.delivery->settings.format)]),
                             std::filesystem::exists(path), manifest.lists(path)});
    };
    for (const PlannedStream& stream : production.plan().streams)
        for (std::size_t i = 0; i < stream.cuts.size(); ++i) add(stream.cuts[i].path, stream, stream.cut_tracks[i]->id);
    for (const PlannedAlbumFile& file : production.plan().album_files)
        add(file.cut.path, production.plan().streams[file.streams.front()], "");
    for (const Master& master : album.masters)
        for (const MasterJob<float>& job : production.main_jobs(master)) {
            const bool cached = options.cache.find(job.key).has_value();
            const std::string why = cached ? ""
                                    : options.cache.is_on()
                                        ? manifest.why_rendered({master.name, job.programme->title(), job.key_parts})
                                        : "the cache is off";
            dry.stages.push_back({master.name, job.programme->title(),
                                  names_of(job.before->plan) + " | " + names_of(job.after->plan), job.key, cached,
                                  why});
        }
    dry.stale_files = stale_files(manifest, production.plan(), options.selection);
    return dry;
}

}  // namespace lathe
