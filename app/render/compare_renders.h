// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/render/compare.h"

namespace lathe {

/// One deliverable that two renders have in common: the same delivery, master, version and track.
struct DeliverablePair {
    std::string track, name, master, version;  ///< track: its id; empty for a file of the whole album
    std::filesystem::path a, b;
    std::string obstacle;  ///< why the two cannot be compared; empty: comparison holds
    Comparison comparison;
};

struct RenderComparison {
    std::vector<DeliverablePair> pairs;
    std::vector<std::filesystem::path> only_a, only_b;
    bool identical() const;  ///< every file has its like, with the same samples
};

/// Whether a path names a render: an album file, an output folder or the manifest in it.
bool names_render(const std::filesystem::path& path);

/// Null tests of all deliverables that the manifests of two renders list. Throws InputError where one has no manifest.
RenderComparison compare_renders(const std::filesystem::path& a, const std::filesystem::path& b, const Cancel& cancel);

}  // namespace lathe
