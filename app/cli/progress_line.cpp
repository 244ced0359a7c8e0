// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "dsp/threads/tbb_workers.h"

namespace lathe {

ProgressLine::ProgressLine(const RenderProgress& progress, const std::string& style, bool quiet)
    : progress_(progress), start_s_(steady_seconds()) {
    bar_ = !quiet && style == "auto" && ::isatty(STDERR_FILENO);
    plain_ = !quiet && style == "plain";
    if (!bar_ && !plain_) return;
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        const auto pause = std::chrono::milliseconds(bar_ ? 100 : 2000);
        while (!ended_.wait_for(lock, pause, [this] { return end_; })) draw();
    });
}

ProgressLine::~ProgressLine() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        end_ = true;
    }
    ended_.notify_all();
    thread_.join();
    if (bar_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::draw() {
    const double share = progress_.done_share(), elapsed = steady_seconds() - start_s_;
    const std::string left = share > 0.02 ? fmt::format("{:.0f} s left", elapsed / share * (1 - share)) : "";
    if (bar_) {
        constexpr int width = 30;
        const int filled = static_cast<int>(share * width);
        fmt::print(stderr, "\r\033[Krender {:▮<{}}{:▯<{}} {:3.0f} % {}", "", filled, "", width - filled, 100 * share,
                   left);
    } else {
        fmt::print(stderr, "render {:.0f} % {}\n", 100 * share, left);
    }
    std::fflush(stderr);
}

}  // namespace lathe
