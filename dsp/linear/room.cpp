// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/room.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "dsp/core/error.h"
#include "dsp/linear/room_model.h"
#include "dsp/linear/taper.h"

namespace lathe {

namespace {

/// Takes out what the decay has brought below hearing: a first-order high-pass at 15 Hz, nothing left at 0 Hz.
void block_dc(double* x, Frames frames, double rate) {
    const double pole = std::exp(-2 * std::numbers::pi * 15 / rate);
    double before = 0, state = 0;
    for (Frames n = 0; n < frames; ++n) {
        state = x[n] - before + pole * state;
        before = x[n];
        x[n] = state;
    }
}

}  // namespace

std::vector<BandDecay> room_decay(RoomPreset preset) {
    constexpr double octaves_hz[] = {63, 125, 250, 500, 1000, 2000, 4000, 8000, 16000};
    std::vector<BandDecay> decay;
    for (const double t60_s : room_model(preset).claimed_t60_s) decay.push_back({octaves_hz[decay.size()], t60_s});
    return decay;
}

ImpulseResponse make_room(RoomPreset preset, double rate, Workers& workers) {
    if (!(rate >= 32000))
        throw BadSetting(fmt::format("a built-in room at {} Hz: the rate must be at least 32000 Hz", rate));
    const RoomModel& model = room_model(preset);
    AudioBuffer<double> audio = room_excitation(model, rate, workers);
    apply_decay(model, rate, audio, workers);

    const Frames frames = audio.frames();
    std::vector<double> fade(static_cast<std::size_t>(frames / 10));
    for (std::size_t i = 0; i < fade.size(); ++i)
        fade[i] = smooth_fall(static_cast<double>(i) / static_cast<double>(fade.size()));
    workers.for_each(audio.channels(), [&](int c) {
        block_dc(audio.channel(c), frames, rate);
        double* const end = audio.channel(c) + frames - fade.size();
        for (std::size_t i = 0; i < fade.size(); ++i) end[i] *= fade[i];
    });
    return normalized({std::move(audio), rate, 0}, workers);
}

}  // namespace lathe
