// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/aligned_memory.h"

#include <new>

namespace lathe {

void* allocate_aligned(std::size_t bytes) { return ::operator new(bytes, std::align_val_t(64)); }
void free_aligned(void* memory) { ::operator delete(memory, std::align_val_t(64)); }

}  // namespace lathe
