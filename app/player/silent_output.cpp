// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/silent_output.h"

namespace lathe {

void SilentOutput::start(double rate, Render render) {
    stop();
    stopping_ = false;
    thread_ = std::thread([this, rate, render = std::move(render)] { run(rate, render); });
}

void SilentOutput::stop() noexcept {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void SilentOutput::run(double rate, const Render& render) {
    constexpr Frames block_frames = 256;
    AudioBuffer<float> block(2, block_frames);
    const double began = clock_seconds();
    Frames taken = 0;
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, std::chrono::milliseconds(5), [this] { return stopping_; })) {
        lock.unlock();
        const double due = (clock_seconds() - began) * rate;
        if (due - static_cast<double>(taken) > rate)
            taken = static_cast<Frames>(due);  // it was held up: no catching up
        for (; static_cast<double>(taken + block_frames) <= due; taken += block_frames)
            render(block.view(), began + static_cast<double>(taken) / rate);
        lock.lock();
    }
}

}  // namespace lathe
