// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/feeder.h"

namespace lathe {

/// Plays what a Listening says. Every change is a crossfade of 5 ms and in effect within 10 ms, beside the output's own
/// latency, as long as signals are read faster than they are heard. What cannot be read in time is silence, faded to
/// and from, and counted; the playhead waits meanwhile. Playing stops at the end of what is heard.
/// Any thread may call; no call waits for a disk or a device.
class Player {
public:
    /// rate: Hz, of every signal. The output is started by the player's own thread; until use() names one, and when one
    /// fails, the clock takes its place and nothing is heard.
    explicit Player(double rate, std::unique_ptr<AudioOutput> output = std::make_unique<SilentOutput>());

    /// Throws BadSetting if a signal has another rate, or channels other than 1 to 16. A new signal in a slot takes
    /// over at the place where the old one is, together with the gains and the mode that come with it.
    void listen(const Listening& listening);
    Listening listening() const;

    void play();
    void pause();
    bool playing() const;  ///< not after the end was reached
    void seek(Frames place);
    /// While the playhead is dragged: paused, 80 ms are heard from there on, and the playhead stays; playing, as
    /// seek().
    void scrub(Frames place);
    /// Frames from … to − 1 over and over, once the playhead is there; from behind the loop it goes on. At least 20 ms
    /// long: `to` moves if need be.
    void set_loop(Frames from, Frames to);
    void clear_loop();

    /// The frame that is heard at that time of the clock; while paused, where play() begins.
    Frames position(double seconds = clock_seconds()) const;
    /// How often material was missing.
    std::uint64_t underruns() const { return playback_.underruns(); }
    /// Frames that are read already beyond the playhead; 0 while a seek or a new signal waits for its first ones.
    Frames ahead() const { return feeder_.ahead(); }

    /// Plays through another output from now on.
    void use(std::unique_ptr<AudioOutput> output) { feeder_.use(std::move(output)); }
    std::string output_name() const { return feeder_.output_name(); }  ///< "silence" if there is none
    double latency() const { return feeder_.latency(); }               ///< of the output, in seconds
    /// Why nothing is heard, or which signal cannot be read; empty if all is well.
    std::string message() const { return feeder_.message(); }

private:
    void go_to(Frames place, Frames grain);
    void send(bool another_stream);
    bool is_playing() const { return orders_.playing && playback_.ended() != orders_.play; }

    const double rate_;
    Playback playback_;
    Feeder feeder_;
    mutable std::mutex mutex_;  ///< never held while anything slow is done
    Listening listening_;
    Orders orders_;
    Request request_;
    std::optional<Frames> put_;  ///< where the playhead was put while paused
};

}  // namespace lathe
