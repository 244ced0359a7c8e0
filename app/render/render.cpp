// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/render.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/manifest.h"
#include "app/render/render_run.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

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
    if (options.selection.is_everything())  // what was not asked for is not stale
        result.stale_files = manifest.no_longer_made(planned);
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

}  // namespace lathe
