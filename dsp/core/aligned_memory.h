// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <vector>

namespace lathe {

/// Memory on 64-byte boundaries. Throws std::bad_alloc. No large pages are asked for: they make transforms no faster
/// that one can measure, and where the system has to find or clear them first, that can take as long as the rendering.
void* allocate_aligned(std::size_t bytes);
void free_aligned(void* memory);

template <class T>
struct AlignedAllocator {
    using value_type = T;
    AlignedAllocator() = default;
    template <class U>
    AlignedAllocator(const AlignedAllocator<U>&) {}
    T* allocate(std::size_t n) { return static_cast<T*>(allocate_aligned(n * sizeof(T))); }
    void deallocate(T* p, std::size_t) { free_aligned(p); }
    template <class U>
    bool operator==(const AlignedAllocator<U>&) const {
        return true;
    }
};

/// A vector as SIMD loads like it.
template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

struct AlignedDelete {
    void operator()(void* memory) const { free_aligned(memory); }
};
template <class T>
using AlignedArray = std::unique_ptr<T[], AlignedDelete>;

/// `count` values, aligned alike, that nobody has set: of a large array the system backs only what is written to.
template <class T>
requires std::is_trivially_copyable_v<T> AlignedArray<T> unset_array(std::size_t count) {
    return AlignedArray<T>(static_cast<T*>(allocate_aligned(count * sizeof(T))));
}

}  // namespace lathe
