// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/aligned_memory.h"

#include <sys/mman.h>

#include <new>

namespace lathe {
namespace {

constexpr std::size_t large_page = std::size_t(1) << 21;

struct Extent {
    std::size_t bytes, alignment;
    bool is_large() const { return alignment == large_page; }
};

/// What is asked of the system for so many bytes: whole large pages where less than an eighth would be left unused.
Extent extent_of(std::size_t bytes) {
    const std::size_t whole = (bytes + large_page - 1) / large_page * large_page;
    if (whole - bytes <= bytes / 8) return {whole, large_page};
    return {bytes, bytes >= large_page ? large_page : 64};
}

}  // namespace

void* allocate_aligned(std::size_t bytes) {
    const Extent extent = extent_of(bytes);
    void* const memory = ::operator new(extent.bytes, std::align_val_t(extent.alignment));
    if (extent.is_large()) ::madvise(memory, extent.bytes, MADV_HUGEPAGE);  // a wish: the answer does not matter
    return memory;
}

void free_aligned(void* memory, std::size_t bytes) {
    ::operator delete(memory, std::align_val_t(extent_of(bytes).alignment));
}

}  // namespace lathe
