// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>

namespace lathe {

/// Both, on two threads if there is one to spare; rethrows what either threw. Isolated, so that a thread which waits
/// here does not begin another programme meanwhile.
template <class First, class Second>
void at_once(First first, Second second) {
    tbb::this_task_arena::isolate([&] { tbb::parallel_invoke(first, second); });
}

}  // namespace lathe
