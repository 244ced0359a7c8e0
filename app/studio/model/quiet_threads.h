// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/resource.h>
#include <sys/syscall.h>
#include <tbb/task_scheduler_observer.h>
#include <unistd.h>

namespace lathe {

/// While it lives, the threads that work for the one that made it stand back behind those that draw and play: their
/// nice value is raised.
class QuietThreads final : public tbb::task_scheduler_observer {
public:
    explicit QuietThreads(int nice = 5) : nice_(nice) { observe(true); }
    ~QuietThreads() override { observe(false); }
    void on_scheduler_entry(bool) override {
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), nice_);
    }

private:
    int nice_;
};

}  // namespace lathe
