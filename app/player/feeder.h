// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/player/audio_output.h"
#include "app/player/playback.h"
#include "app/player/silent_output.h"

namespace lathe {

/// What is to be read ahead.
struct Request {
    std::uint64_t id = 0;    ///< another one asks for a new stream
    std::uint64_t line = 0;  ///< another one: from `place` on; the same: from where the playhead is
    Frames place = 0;
    Loop loop;
    Frames grain = 0;  ///< Route::grain
    PerSlot<std::shared_ptr<const Signal>> signals;
    Mix mix;
};

/// The thread that does what may take time: reads signals ahead into streams, starts outputs and watches them. An
/// output that fails is replaced by silence on the clock.
class Feeder {
public:
    Feeder(Playback& playback, double rate);
    ~Feeder();

    // Any thread; none of these waits for the disk or the device.
    void want(const Request& request);
    void use(std::unique_ptr<AudioOutput> output);
    /// The newest trouble with the output or a signal, for the user; empty while there is none.
    std::string message() const;
    /// Name of the output in use.
    std::string output_name() const;
    double latency() const;
    /// Frames that lie ready beyond the playhead, of what is to be heard; 0 until a new stream is offered.
    Frames ahead() const;

private:
    void run();
    void switch_output();
    void watch_output();
    void fall_silent(const std::string& why);
    void begin_stream();
    bool read_more();
    void read(int slot, Frames count);

    Playback& playback_;
    const double rate_;
    const Frames chunk_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool quit_ = false;
    Request wanted_;
    std::unique_ptr<AudioOutput> wanted_output_;
    std::string output_trouble_, signal_trouble_, output_name_;
    double latency_ = 0;
    Stream* newest_;       ///< being filled; changed with the mutex held
    bool offered_ = true;  ///< whether the callback may know it; changed with the mutex held

    // The thread's own.
    Request request_;
    std::unique_ptr<AudioOutput> output_;
    SilentOutput silence_;
    AudioBuffer<float> pair_, raw_, scratch_;
    std::thread thread_;
};

}  // namespace lathe
