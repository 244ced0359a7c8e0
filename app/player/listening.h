// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "app/player/signal.h"

namespace lathe {

/// The three signals between which one switches. They share one time: frame n of each is heard at n.
enum class Slot { source, master, reference };
inline constexpr int slot_count = 3;
template <class T>
using PerSlot = std::array<T, slot_count>;

/// mono and mid: (L + R) / 2 on both sides; side: (L − R) / 2 on both; left, right: that channel on both.
enum class ListenMode { stereo, mono, left, right, mid, side, swap };

/// A band heard alone: two band-passes of second order in series, 0 dB at hz, −3 dB at the edges that are hz / q apart.
struct SoloBand {
    double hz = 1000;  ///< kept within 1 Hz … 0.49 · rate
    double q = 4;      ///< kept within 0.1 … 100
    bool operator==(const SoloBand&) const = default;
};

/// A signal and the gain it is heard with, such as matches its loudness to the others'.
struct HeardSignal {
    std::shared_ptr<const Signal> signal;  ///< none: silence
    double gain_db = 0;
};

/// What is heard, and how.
struct Listening {
    PerSlot<HeardSignal> signals;
    Slot slot = Slot::master;
    ListenMode mode = ListenMode::stereo;
    bool dim = false;    ///< 20 dB softer
    bool delta = false;  ///< in place of the slot: master − source, each with its gain
    std::optional<SoloBand> solo;

    HeardSignal& operator[](Slot s) { return signals[static_cast<std::size_t>(s)]; }
    const HeardSignal& operator[](Slot s) const { return signals[static_cast<std::size_t>(s)]; }
};

}  // namespace lathe
