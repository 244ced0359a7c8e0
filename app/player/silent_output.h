// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/player/audio_output.h"

namespace lathe {

/// Takes blocks at the pace of the clock and drops them, so that the playhead goes on where nothing can be heard.
class SilentOutput : public AudioOutput {
public:
    ~SilentOutput() override { stop(); }
    std::string name() const override { return "silence"; }
    void start(double rate, Render render) override;
    void stop() noexcept override;
    double latency() const override { return 0; }

private:
    void run(double rate, const Render& render);

    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace lathe
