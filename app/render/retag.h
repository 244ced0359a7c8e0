// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/render/file_state.h"
#include "app/render/reel_delivery.h"

namespace lathe {

/// A stream as an earlier render made it, perhaps under other names and with other tags.
struct SameSound {
    struct File {
        std::filesystem::path path;
        FileState state;
    };
    DeliveredStream delivered;  ///< as it is to become: named by the plan
    std::vector<File> files;    ///< where the PCM lies
};

/// Writes a lossless stream's files with the names and tags of the plan out of files that hold the same PCM: the bytes
/// are those that a render would give. False, and nothing is written, if one of those files is no longer what was
/// written then.
bool retag(const PlannedStream& stream, SameSound& sound, const Cancel& cancel);

}  // namespace lathe
