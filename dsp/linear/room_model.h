// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/workers.h"
#include "dsp/linear/reverb_settings.h"

namespace lathe {

/// Metres; x to the right, y away from the stage, z up.
using Place = std::array<double, 3>;

/// The figures that a built-in room is made from.
struct RoomModel {
    std::array<double, 9> claimed_t60_s;  ///< octaves 63 Hz … 16 kHz: what room_decay() says
    std::array<double, 9> design_t60_s;   ///< T60 at those frequencies such that whole octaves measure as claimed
    Place size;                           ///< a plate has no z
    std::array<Place, 2> sources;         ///< left, right
    std::array<Place, 2> receivers;       ///< left, right
    double sparse_until_s;                ///< single reflections up to here, then giving way to noise
    double dense_from_s;                  ///< noise alone from here on
    int scatter;                          ///< weak echoes that smear each reflection
    double coherence;                     ///< of left and right at low frequencies, in the noise
    double coherent_below_hz;
    double low_cut_hz;
    double high_cut_hz;     ///< −3 dB of a first-order low-pass: the surfaces' and the air's loss before any decay
    double seconds;         ///< until the slowest band has fallen 90 dB
    std::uint64_t seed;     ///< chosen so that the random decays lie near the designed ones
    bool is_plate = false;  ///< bending waves in two dimensions, high frequencies first
};

const RoomModel& room_model(RoomPreset preset);

/// Reflections that pass into noise, undecayed: [LL, LR, RL, RR][model.seconds], band-limited to the rate, of a mean
/// power per second and hertz that does not depend on the rate or on time. Frames: seconds · rate, made even.
AudioBuffer<double> room_excitation(const RoomModel& model, double rate, Workers& workers);

/// The excitation dying away at every frequency f as model's T60(f), in place.
void apply_decay(const RoomModel& model, double rate, AudioBuffer<double>& audio, Workers& workers);

}  // namespace lathe
