// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/player/signal.h"
#include "app/studio/model/analyses.h"
#include "dsp/core/time_point.h"
#include "dsp/measure/instant_spectrum.h"

namespace lathe {

/// What a sound holds around one moment.
struct LivePiece {
    double rate = 0;
    AudioBuffer<float> audio;  ///< instant_frames(rate) of it, the moment in their middle
    Instant instant;
};

/// Looks at a sound around a moment that moves, in the background: small pieces of a file or of audio in memory. Asked
/// in every frame; while the next piece is not there, the last one stands.
class LiveSound {
public:
    explicit LiveSound(Analyses& analyses) : analyses_(analyses) {}
    /// start: where in the sound the moments are counted from. Null: nothing yet, or no sound.
    std::shared_ptr<const LivePiece> at(const Sound& sound, const TimePoint& start, double seconds);

private:
    struct Opened;
    void take_pending();

    Analyses& analyses_;
    std::string sound_key_, key_, pending_;  ///< of the sound, of piece_, of what is being looked at
    std::function<std::shared_ptr<const LivePiece>(const Cancel&)> make_pending_;
    std::shared_ptr<Opened> opened_;
    std::shared_ptr<const LivePiece> piece_;
};

}  // namespace lathe
