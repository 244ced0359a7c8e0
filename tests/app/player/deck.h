// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "app/player/player.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

/// A player whose output is pulled by hand.
namespace lathe::test {

/// Polls until something holds; fails after ten seconds.
template <class Condition>
void wait_until(Condition&& holds) {
    const double give_up = clock_seconds() + 10;
    while (!holds()) {
        if (clock_seconds() > give_up) throw std::runtime_error("waited ten seconds in vain");
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
}

class MemorySignal : public Signal {
public:
    MemorySignal(AudioBuffer<float> audio, double rate) : audio_(std::move(audio)), rate_(rate) {}
    int channels() const override { return audio_.channels(); }
    double rate() const override { return rate_; }
    Frames frames() const override { return audio_.frames(); }
    void read(Frames from, AudioView<float> out) const override {
        for (int c = 0; c < channels(); ++c)
            for (Frames n = 0; n < out.frames; ++n) out.channel(c)[n] = at(c, from + n);
    }
    float at(int channel, Frames n) const { return n >= 0 && n < frames() ? audio_.channel(channel)[n] : 0.0f; }

private:
    AudioBuffer<float> audio_;
    double rate_;
};

inline constexpr double deck_rate = 48000;
inline constexpr Frames deck_fade = 240;  // 5 ms

inline std::shared_ptr<const MemorySignal> memory(const AudioBuffer<double>& audio, double rate = deck_rate) {
    return std::make_shared<MemorySignal>(as<float>(audio), rate);
}

/// What the test holds of a ManualOutput.
struct Hand {
    std::mutex mutex;
    AudioOutput::Render render;
    Frames pulled = 0;
    double latency = 0;
    std::string refusal, failure;  ///< what start() throws, what failure() says
};

class ManualOutput : public AudioOutput {
public:
    explicit ManualOutput(std::shared_ptr<Hand> hand) : hand_(std::move(hand)) {}
    std::string name() const override { return "by hand"; }
    void start(double, Render render) override {
        const std::lock_guard lock(hand_->mutex);
        if (!hand_->refusal.empty()) throw std::runtime_error(hand_->refusal);
        hand_->render = std::move(render);
    }
    void stop() noexcept override {
        const std::lock_guard lock(hand_->mutex);
        hand_->render = nullptr;
    }
    double latency() const override { return hand_->latency; }
    std::string failure() override {
        const std::lock_guard lock(hand_->mutex);
        return hand_->failure;
    }

private:
    std::shared_ptr<Hand> hand_;
};

struct Deck {
    std::shared_ptr<Hand> hand = std::make_shared<Hand>();
    Player player{deck_rate, std::make_unique<ManualOutput>(hand)};
    Frames block = 128;

    Deck() {
        wait_until([&] { return player.output_name() == "by hand"; });
    }
    /// The time at which the next frame is heard.
    double time() const { return static_cast<double>(hand->pulled) / deck_rate + hand->latency; }
    /// The next frames, at once, whether or not the feeder has kept up.
    AudioBuffer<float> pull_now(Frames frames) {
        AudioBuffer<float> out(2, frames);
        for (Frames at = 0; at < frames; at += block) {
            const std::lock_guard lock(hand->mutex);
            const Frames count = std::min(block, frames - at);
            hand->render(out.view().slice(at, count), time());
            hand->pulled += count;
        }
        return out;
    }
    /// The next frames; waits until the feeder has taken every call in and is well ahead.
    AudioBuffer<float> pull(Frames frames) {
        AudioBuffer<float> out(2, frames);
        constexpr Frames step = 4096;
        for (Frames at = 0; at < frames; at += step) {
            wait_until([&] { return player.ahead() > 3 * step; });
            const Frames count = std::min(step, frames - at);
            copy_audio<float>(pull_now(count).view(), out.view().slice(at, count));
        }
        return out;
    }
    void hear(std::shared_ptr<const Signal> master) {
        Listening listening;
        listening[Slot::master].signal = std::move(master);
        player.listen(listening);
    }
};

/// How many frames from `first` on are not those of the signal from `place` on, bit for bit.
inline Frames differing(const AudioBuffer<float>& heard, Frames first, const MemorySignal& signal, Frames place) {
    Frames count = 0;
    for (Frames n = first; n < heard.frames(); ++n)
        count += !(heard.channel(0)[n] == signal.at(0, place + n - first) &&
                   heard.channel(1)[n] == signal.at(1, place + n - first));
    return count;
}

inline float largest(const AudioBuffer<float>& audio) {
    float peak = 0;
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 0; n < audio.frames(); ++n) peak = std::max(peak, std::abs(audio.channel(c)[n]));
    return peak;
}

}  // namespace lathe::test
