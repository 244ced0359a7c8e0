// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/player/player.h"
#include "app/studio/model/analyses.h"

namespace lathe {

/// How the hand wants to listen.
struct MonitorSettings {
    Slot slot = Slot::master;
    ListenMode mode = ListenMode::stereo;
    bool is_matched = true;  ///< the signals are heard equally loud: the louder ones are turned down
    bool is_dimmed = false, is_delta = false;
    std::optional<SoloBand> solo;
};

/// What is heard behind a signal, as the album goes on.
struct NextSound {
    Sound sound;      ///< in memory
    double at_s = 0;  ///< in the track's time
};

/// One of the signals between which the hand switches.
struct MonitorSignal {
    Sound sound;
    double start_s = 0;  ///< of the file, where the track's time begins
    std::optional<NextSound> next{};
    double trim_db = 0;
    std::optional<double> integrated_lufs;  ///< of what is heard; none: not known yet, or silence
};

/// Plays the track on screen: keeps the player supplied with the signals as they stand, made ready in the background.
class Monitor {
public:
    /// device: of PortAudio; empty: the system's; "none": nothing is heard.
    Monitor(Analyses& analyses, std::filesystem::path spill_folder, std::string device);

    /// Once a frame. rate: of the master.
    void update(const MonitorSettings& settings, const PerSlot<MonitorSignal>& signals, double rate);
    /// The track on screen is now the one that began so much later than that before: what is played goes on as it was.
    /// To be followed by an update with its signals.
    void go_on(double later_s);
    /// The track on screen is now any other one.
    void start_anew();
    bool is_playing() const { return player_ && player_->playing(); }
    void play(double from_s);
    void pause();
    void seek(double to_s);
    void scrub(double at_s);
    void set_loop(std::optional<std::pair<double, double>> span_s);
    double position_s() const;
    /// Why nothing is heard; empty: it is.
    std::string message() const { return player_ ? player_->message() : ""; }
    /// The gain that the signal is heard with.
    double gain_db(Slot slot) const { return listening_[slot].gain_db; }

private:
    std::shared_ptr<const Signal> signal_of(const MonitorSignal& wanted);
    std::shared_ptr<const Signal> in_place(const MonitorSignal& wanted);
    Frames frame_at(double seconds) const;
    void set_gains(const MonitorSettings& settings, const PerSlot<MonitorSignal>& signals);

    Analyses& analyses_;
    std::shared_ptr<StorageBudget> budget_;
    std::string device_;
    double rate_ = 0;
    Frames origin_ = 0;  ///< of the track's time in the player's
    PerSlot<std::string> keys_;
    Listening listening_;
    std::optional<std::pair<double, double>> loop_s_;
    std::unique_ptr<Player> player_;
};

}  // namespace lathe
