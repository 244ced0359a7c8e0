// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/render/render.h"

namespace lathe {

/// What a render would do with a file.
enum class FileFate {
    fresh,      ///< make it
    unchanged,  ///< leave it: it is the one that an earlier render made of just this
    stale,      ///< make it again
    in_the_way  ///< refuse to: it is none of its own
};
inline constexpr std::array<std::string_view, 4> file_fates{"new", "unchanged", "stale", "in the way"};

/// What a render would make: nothing is rendered or written.
struct DryRun {
    struct File {
        std::filesystem::path path;
        std::string delivery, master, version, track, format;
        int sample_rate = 0;
        std::string bits;                                   ///< as DeliverableResult has it
        std::optional<double> loudness_lufs, ceiling_dbtp;  ///< that are aimed at
        bool exists = false, listed = false;
        FileFate fate = FileFate::fresh;
        std::string why;                        ///< why it is stale; empty else
        std::optional<DeliverableResult> made;  ///< of an unchanged one: what it measured
    };
    struct Stage {
        std::string master, programme, names, key;
        bool cached = false;
        std::string why;  ///< why it is not cached
    };
    std::vector<File> files;
    std::vector<Stage> stages;
    std::vector<std::filesystem::path> stale_files;  ///< listed, there, and no longer made
};
DryRun dry_run(const Album& album, const RenderOptions& options);

}  // namespace lathe
