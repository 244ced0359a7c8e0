// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compare_renders.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/manifest.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

std::vector<ListedDeliverable> deliverables_at(const std::filesystem::path& path) {
    const std::filesystem::path folder = std::filesystem::is_directory(path) ? path : path.parent_path();
    const Manifest manifest(folder);
    std::vector<ListedDeliverable> list = manifest.deliverables();
    if (list.empty())
        throw InputError(
            fmt::format("{}: lists no deliverables; render the album there first, or name its output folder",
                        manifest.path().string()));
    return list;
}

}  // namespace

bool RenderComparison::identical() const {
    return only_a.empty() && only_b.empty() && std::all_of(pairs.begin(), pairs.end(), [](const DeliverablePair& pair) {
               return pair.obstacle.empty() && pair.comparison.identical;
           });
}

bool names_render(const std::filesystem::path& path) {
    return std::filesystem::is_directory(path) || path.extension() == ".toml" || path.extension() == ".json";
}

RenderComparison compare_renders(const std::filesystem::path& a, const std::filesystem::path& b, const Cancel& cancel) {
    const std::vector<ListedDeliverable> list_a = deliverables_at(a);
    std::vector<ListedDeliverable> list_b = deliverables_at(b);
    RenderComparison result;
    for (const ListedDeliverable& mine : list_a) {
        const auto like = std::find_if(list_b.begin(), list_b.end(),
                                       [&](const ListedDeliverable& other) { return other.same_place(mine); });
        if (like == list_b.end()) {
            result.only_a.push_back(mine.path);
            continue;
        }
        DeliverablePair pair{mine.track, mine.name, mine.master, mine.version, mine.path, like->path, "", {}};
        try {
            pair.comparison = compare_files(pair.a, pair.b, cancel);
        } catch (const InputError& error) {
            pair.obstacle = error.what();
        }
        result.pairs.push_back(std::move(pair));
        list_b.erase(like);
    }
    for (const ListedDeliverable& left : list_b) result.only_b.push_back(left.path);
    return result;
}

}  // namespace lathe
