// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "dsp/core/audio.h"

namespace lathe {

/// The clock that says when something is heard: seconds of std::chrono::steady_clock.
inline double clock_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Where sound goes: asks for stereo blocks, one after the other, from a thread of its own.
class AudioOutput {
public:
    /// Fills the next block, [2][1 to any number]; its first frame is heard at heard_at (clock_seconds()). Never
    /// blocks.
    using Render = std::function<void(AudioView<float> block, double heard_at)>;

    virtual ~AudioOutput() = default;
    virtual std::string name() const = 0;
    /// Throws SystemError in words for the user.
    virtual void start(double rate, Render render) = 0;
    /// When it returns, render is not called any more.
    virtual void stop() noexcept = 0;
    /// Seconds from a block's being asked for until it is heard.
    virtual double latency() const = 0;
    /// Empty, or why nothing is heard any more though it was started.
    virtual std::string failure() { return {}; }
};

}  // namespace lathe
