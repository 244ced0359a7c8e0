// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "app/player/audio_output.h"

namespace lathe {

/// A sound device, through PortAudio, in 32-bit float.
class PortAudioOutput : public AudioOutput {
public:
    /// Names of the devices that can play, as the constructor takes them; empty if there is none.
    static std::vector<std::string> list_devices();

    /// device: one of list_devices(); empty for the default one.
    explicit PortAudioOutput(std::string device = "") : device_(std::move(device)) {}
    ~PortAudioOutput() override { stop(); }
    PortAudioOutput(const PortAudioOutput&) = delete;
    PortAudioOutput& operator=(const PortAudioOutput&) = delete;

    std::string name() const override { return name_; }
    void start(double rate, Render render) override;
    void stop() noexcept override;
    double latency() const override { return latency_; }
    /// Also if the device has not asked for a block for two seconds.
    std::string failure() override;

    /// What PortAudio's callback does.
    void fill(float* interleaved, Frames frames, double seconds_ahead);

private:
    static constexpr Frames block_frames = 128;

    std::string device_, name_;
    Render render_;
    void* stream_ = nullptr;  ///< PaStream, once it is open
    bool initialised_ = false;
    double latency_ = 0;
    AudioBuffer<float> block_{2, block_frames};

    std::atomic<bool> finished_{false};
    std::atomic<std::uint64_t> asked_{0};
    std::uint64_t asked_before_ = 0;  ///< at asked_at_
    double asked_at_ = 0;
};

}  // namespace lathe
