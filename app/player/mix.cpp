// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/mix.h"

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

constexpr double dim_gain = 0.1;

Mix::Matrix matrix_of(ListenMode mode, double gain) {
    const double g = gain, half = gain / 2;
    switch (mode) {
        case ListenMode::stereo:
            return {g, 0, 0, g};
        case ListenMode::mono:
        case ListenMode::mid:
            return {half, half, half, half};
        case ListenMode::left:
            return {g, 0, g, 0};
        case ListenMode::right:
            return {0, g, 0, g};
        case ListenMode::side:
            return {half, -half, half, -half};
        case ListenMode::swap:
            return {0, g, g, 0};
    }
    return {};
}

}  // namespace

Mix mix_of(const Listening& listening, double rate) {
    Mix mix;
    const auto hear = [&](Slot slot, double sign) {
        const double gain = sign * gain_from_db(listening[slot].gain_db) * (listening.dim ? dim_gain : 1);
        mix.matrices[static_cast<std::size_t>(slot)] = matrix_of(listening.mode, gain);
        mix.heard[static_cast<std::size_t>(slot)] = true;
    };
    if (listening.delta) {
        hear(Slot::master, 1);
        hear(Slot::source, -1);
    } else {
        hear(listening.slot, 1);
    }
    if (listening.solo) mix.solo = band_pass(*listening.solo, rate);
    return mix;
}

}  // namespace lathe
