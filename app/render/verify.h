// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/render/render.h"

namespace lathe {

enum class Verdict {
    same,     ///< made again, byte for byte, and what lies on disk is that
    differs,  ///< what is made now is another file than the manifest lists
    changed,  ///< made again as listed, but the file on disk is another
    missing   ///< made again as listed, but there is no file
};
inline constexpr std::string_view verdict_names[] = {"same", "differs", "changed on disk", "missing"};

struct Verification {
    struct File {
        std::filesystem::path path;
        std::string track, delivery;
        Verdict verdict = Verdict::same;
    };
    std::vector<File> files;
    std::string simd, listed_simd;  ///< the instruction set in use, and the manifest's
    bool holds() const;
};

/// Renders again what a manifest says, on its instruction set if this processor has it, into a folder of its own under
/// options.spill_folder, and compares. Throws InputError where an input is missing or its bytes have changed.
Verification verify_manifest(const std::filesystem::path& manifest, RenderOptions options, RenderProgress& progress,
                             const Cancel& cancel);

}  // namespace lathe
