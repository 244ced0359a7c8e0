// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "app/player/signal.h"

namespace lathe {

/// Signals laid on one time, each from a frame of its own on; where they overlap, their sum.
class SequenceSignal final : public Signal {
public:
    struct Part {
        std::shared_ptr<const Signal> signal;
        Frames at = 0;
    };
    /// parts: at least one, all of one rate.
    explicit SequenceSignal(std::vector<Part> parts);

    int channels() const override { return channels_; }
    double rate() const override { return parts_.front().signal->rate(); }
    Frames frames() const override;
    void read(Frames from, AudioView<float> out) const override;

private:
    std::vector<Part> parts_;
    int channels_ = 1;
};

}  // namespace lathe
