// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/aligned_memory.h"

#include <sys/mman.h>

#include <new>

namespace lathe {
namespace {

constexpr std::size_t large_page = std::size_t(1) << 21;

std::align_val_t alignment_of(std::size_t bytes) {
    return std::align_val_t(bytes >= large_page ? large_page : std::size_t(64));
}

}  // namespace

void* allocate_aligned(std::size_t bytes) {
    void* const memory = ::operator new(bytes, alignment_of(bytes));
    if (bytes >= large_page) ::madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: the answer does not matter
    return memory;
}

void free_aligned(void* memory, std::size_t bytes) { ::operator delete(memory, alignment_of(bytes)); }

}  // namespace lathe
