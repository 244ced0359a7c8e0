// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include "dsp/core/audio.h"

namespace lathe {

/// How much rendered audio may lie in memory, all together; what is past it goes to files in `folder`, which are
/// unlinked as soon as they are open, so that nothing is left behind however the program ends. Memory that is given
/// back is lent again before new pages are asked for, which cost more than what is written on them. Any thread may
/// take and give back.
class StorageBudget {
public:
    explicit StorageBudget(std::filesystem::path spill_folder, Frames bytes = Frames{256} << 20);
    ~StorageBudget();  ///< all has been given back
    StorageBudget(const StorageBudget&) = delete;
    StorageBudget& operator=(const StorageBudget&) = delete;

    const std::filesystem::path& folder() const { return folder_; }
    /// Memory as of allocate_aligned, its content undefined; null: there is none left.
    void* take(std::size_t bytes);
    void give_back(void* memory, std::size_t bytes);
    Frames bytes_left() const;  ///< that may still be taken

private:
    void free_spare();

    const std::filesystem::path folder_;
    mutable std::mutex mutex_;
    Frames left_;
    Frames spare_bytes_ = 0;  ///< of what is left: already had from the system
    std::map<std::size_t, std::vector<void*>> spare_;
};

}  // namespace lathe
