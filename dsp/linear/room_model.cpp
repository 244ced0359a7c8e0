// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/room_model.h"

#include <cassert>

namespace lathe {
namespace {

// Times as rooms of these sizes have them: longest at low frequencies, where surfaces absorb least, falling at the top
// with the air's absorption, which is kept below that of dry air so that the top octaves still bloom.
constexpr RoomModel plate{
    .claimed_t60_s = {2.8, 2.6, 2.4, 2.2, 2.0, 1.9, 1.7, 1.4, 1.0},
    .design_t60_s = {2.8, 2.6, 2.4, 2.2, 2.0, 1.9, 1.7, 1.4, 0.95},
    .size = {2.0, 1.0, 0},
    .sources = {Place{0.83, 0.47, 0}, Place{1.21, 0.56, 0}},
    .receivers = {Place{0.31, 0.38, 0}, Place{1.64, 0.66, 0}},
    .sparse_until_s = 0.002,
    .dense_from_s = 0.018,
    .scatter = 0,
    .coherence = 0.3,
    .coherent_below_hz = 120,
    .low_cut_hz = 50,
    .high_cut_hz = 40000,
    .seconds = 4.5,
    .seed = 2,
    .is_plate = true,
};
constexpr RoomModel chamber{
    .claimed_t60_s = {1.8, 1.7, 1.6, 1.5, 1.5, 1.4, 1.25, 0.95, 0.6},
    .design_t60_s = {1.8, 1.7, 1.6, 1.5, 1.5, 1.4, 1.25, 0.94, 0.55},
    .size = {6.9, 5.2, 3.9},
    .sources = {Place{1.3, 1.1, 1.4}, Place{5.4, 1.3, 1.5}},
    .receivers = {Place{2.6, 3.9, 1.7}, Place{4.4, 4.0, 1.8}},
    .sparse_until_s = 0.006,
    .dense_from_s = 0.045,
    .scatter = 2,
    .coherence = 0.85,
    .coherent_below_hz = 170,
    .low_cut_hz = 40,
    .high_cut_hz = 20000,
    .seconds = 3.0,
    .seed = 3,
};
constexpr RoomModel hall{
    .claimed_t60_s = {3.4, 3.3, 3.2, 3.0, 3.0, 2.7, 2.1, 1.4, 0.8},
    .design_t60_s = {3.4, 3.3, 3.2, 3.0, 3.0, 2.7, 2.1, 1.33, 0.71},
    .size = {23.3, 39.1, 16.7},
    .sources = {Place{8.1, 5.3, 1.5}, Place{14.9, 5.9, 1.5}},
    .receivers = {Place{11.2, 17.6, 2.7}, Place{13.1, 17.8, 2.9}},
    .sparse_until_s = 0.012,
    .dense_from_s = 0.09,
    .scatter = 6,
    .coherence = 0.85,
    .coherent_below_hz = 170,
    .low_cut_hz = 30,
    .high_cut_hz = 16000,
    .seconds = 5.5,
    .seed = 3,
};
constexpr RoomModel church{
    .claimed_t60_s = {6.0, 5.8, 5.5, 5.2, 4.8, 4.0, 2.9, 1.7, 0.9},
    .design_t60_s = {6.0, 5.8, 5.5, 5.2, 4.8, 4.0, 2.85, 1.54, 0.78},
    .size = {24.7, 57.3, 21.9},
    .sources = {Place{9.2, 11.3, 1.7}, Place{15.1, 12.1, 1.8}},
    .receivers = {Place{11.3, 27.4, 3.1}, Place{14.2, 27.9, 3.3}},
    .sparse_until_s = 0.02,
    .dense_from_s = 0.14,
    .scatter = 6,
    .coherence = 0.85,
    .coherent_below_hz = 150,
    .low_cut_hz = 30,
    .high_cut_hz = 14000,
    .seconds = 9.5,
    .seed = 1,
};

}  // namespace

const RoomModel& room_model(RoomPreset preset) {
    switch (preset) {
        case RoomPreset::plate:
            return plate;
        case RoomPreset::chamber:
            return chamber;
        case RoomPreset::hall:
            return hall;
        case RoomPreset::church:
            return church;
        case RoomPreset::none:
            break;
    }
    assert(false && "no room");
    return hall;
}

}  // namespace lathe
