// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/findings.h"

#include <fmt/format.h>

#include <algorithm>

namespace lathe {
namespace {

void add(std::vector<RenderWarning>& all, const std::vector<RenderWarning>& more) {
    for (const RenderWarning& warning : more) {
        const auto same = [&](const RenderWarning& known) {
            return known.code == warning.code && known.track == warning.track &&
                   known.deliverable == warning.deliverable && known.time_s == warning.time_s;
        };
        if (std::none_of(all.begin(), all.end(), same)) all.push_back(warning);
    }
}

}  // namespace

std::vector<RenderWarning> findings_before_delivery(const Album& album, const RenderBoard& board, const DryRun* plan) {
    std::vector<RenderWarning> all;
    for (const Track& track : album.tracks)
        if (const auto master = board.tracks.find(track.id);
            master != board.tracks.end() && master->second.preview && master->second.is_final)
            add(all, master->second.preview->warnings);
    if (board.album_is_final) add(all, board.warnings);
    if (plan)
        for (const DryRun::File& file : plan->files)
            if (file.fate == FileFate::in_the_way)
                all.push_back({"in_the_way",
                               "fail",
                               file.track,
                               file.delivery,
                               {},
                               fmt::format("{} is there, and no render of this album made it; move it away, or "
                                           "overwrite it",
                                           file.path.filename().string())});
    std::stable_sort(all.begin(), all.end(), [](const RenderWarning& a, const RenderWarning& b) {
        return (a.severity == "fail") > (b.severity == "fail");
    });
    return all;
}

const Track* track_of(const RenderWarning& warning, const Album& album) {
    for (const Track& track : album.tracks)
        if (warning.track == track.id || warning.track.starts_with(track.id + "…")) return &track;
    return nullptr;
}

std::optional<double> place_of(const RenderWarning& warning, const LevelHistory* levels) {
    if (warning.time_s || warning.code != "ceiling" || !levels) return warning.time_s;
    const std::vector<float> peaks = levels->largest_true_peak();
    if (peaks.empty()) return {};
    const auto highest = std::max_element(peaks.begin(), peaks.end());
    return levels->end_s(static_cast<std::size_t>(highest - peaks.begin()));
}

}  // namespace lathe
