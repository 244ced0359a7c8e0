// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/aligned_memory.h"

#include <new>

/// What jemalloc, which every program of the project is linked with, asks for its settings as it starts (jemalloc(3)).
/// Large pages, since a page fault takes longer than most things that are done with 4 KiB; and large blocks stay with
/// the rest, to be used again, where by default they go back to the system at once.
extern "C" const char* malloc_conf;
const char* malloc_conf = "thp:always,oversize_threshold:0";

namespace lathe {

void* allocate_aligned(std::size_t bytes) { return ::operator new(bytes, std::align_val_t(64)); }
void free_aligned(void* memory) { ::operator delete(memory, std::align_val_t(64)); }

}  // namespace lathe
