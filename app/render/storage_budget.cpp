// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/storage_budget.h"

#include <utility>

#include "dsp/core/aligned_memory.h"

namespace lathe {

StorageBudget::StorageBudget(std::filesystem::path spill_folder, Frames bytes)
    : folder_(std::move(spill_folder)), left_(bytes) {}
StorageBudget::~StorageBudget() { free_spare(); }

void* StorageBudget::take(std::size_t bytes) {
    const auto size = static_cast<Frames>(bytes);
    const std::lock_guard lock(mutex_);
    if (left_ < size) return nullptr;
    std::vector<void*>& spare = spare_[bytes];
    if (!spare.empty()) {
        void* const memory = spare.back();
        spare.pop_back();
        spare_bytes_ -= size;
        left_ -= size;
        return memory;
    }
    if (left_ - spare_bytes_ < size) free_spare();  // of other sizes
    void* const memory = allocate_aligned(bytes);
    left_ -= size;
    return memory;
}

void StorageBudget::give_back(void* memory, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    spare_[bytes].push_back(memory);
    spare_bytes_ += static_cast<Frames>(bytes);
    left_ += static_cast<Frames>(bytes);
}

Frames StorageBudget::bytes_left() const {
    const std::lock_guard lock(mutex_);
    return left_;
}

void StorageBudget::free_spare() {
    for (const auto& [bytes, blocks] : spare_)
        for (void* const memory : blocks) free_aligned(memory);
    spare_.clear();
    spare_bytes_ = 0;
}

}  // namespace lathe
