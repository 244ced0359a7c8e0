// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "app/render/render.h"

namespace lathe {

/// Draws a render's progress on stderr while it lives: a bar on a terminal, a line every other second where asked for
/// plain, nothing otherwise.
class ProgressLine {
public:
    ProgressLine(const RenderProgress& progress, const std::string& style, bool quiet);
    ~ProgressLine();

private:
    void draw();

    const RenderProgress& progress_;
    bool bar_ = false, plain_ = false;
    double start_s_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool end_ = false;
    std::thread thread_;
};

}  // namespace lathe
