// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/aligned_memory.h"

#include <malloc.h>

#include <new>

namespace lathe {
namespace {

/// What is freed stays with the program, 64 MiB of each of its heaps: fresh pages cost more than what is written on
/// them. Left to itself the C library does so from the size of the largest array that was freed so far.
[[maybe_unused]] const bool keeps_freed_memory =
    mallopt(M_MMAP_THRESHOLD, 32 << 20) == 1 && mallopt(M_TRIM_THRESHOLD, 64 << 20) == 1;

}  // namespace

void* allocate_aligned(std::size_t bytes) { return ::operator new(bytes, std::align_val_t(64)); }
void free_aligned(void* memory) { ::operator delete(memory, std::align_val_t(64)); }

}  // namespace lathe
