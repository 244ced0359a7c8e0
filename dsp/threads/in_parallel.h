// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/task_arena.h>

#include <cstddef>

namespace lathe {

/// A task group of its own for one parallel work. In its caller's, as oneTBB has it by default, the work would end
/// unheard, half of it done, as soon as anything beside its caller throws: and half a result would pass for a whole
/// one. What shall end early looks at its Cancel.
inline tbb::task_group_context own_task_group() { return tbb::task_group_context(tbb::task_group_context::isolated); }

/// Calls work(). A thread that waits for others within it may begin what else was handed out within it meanwhile, and
/// nothing from outside: not a second programme in the midst of one.
template <class Work>
void isolated(Work work) {
    tbb::this_task_arena::isolate(work);
}

/// Calls part(0) … part(count − 1), on as many threads as there are to spare. Rethrows what a part threw, once those
/// under way have ended; the others are left out then. A thread that waits here may begin other work meanwhile.
template <class Part>
void in_parallel(std::size_t count, Part part) {
    tbb::task_group_context group = own_task_group();
    tbb::parallel_for(std::size_t{0}, count, part, tbb::simple_partitioner{}, group);
}

/// Both, on two threads if there is one to spare; rethrows what either threw. A thread that waits here begins nothing
/// else meanwhile.
template <class First, class Second>
void at_once(First first, Second second) {
    tbb::task_group_context group = own_task_group();
    isolated([&] { tbb::parallel_invoke(first, second, group); });
}

}  // namespace lathe
