// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio.h"

namespace lathe {

/// Something that can be listened to: a source, a render in memory, a file. Nobody changes it while it may be heard.
class Signal {
public:
    virtual ~Signal() = default;

    /// 1 to 16. One channel is heard on both sides; of more than two the first two are heard.
    virtual int channels() const = 0;
    /// Hz; that of the player, whoever makes the signal converts.
    virtual double rate() const = 0;
    virtual Frames frames() const = 0;
    /// Frames from, from + 1, … into out [channels()][any number]; silence before the first frame and behind the last.
    /// Called from the player's own thread at any time; may be slow, as a disk is. What it throws (a std::exception) is
    /// heard as silence and reported by Player::message().
    virtual void read(Frames from, AudioView<float> out) const = 0;
};

}  // namespace lathe
