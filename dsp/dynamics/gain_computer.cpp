// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/gain_computer.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {
constexpr double unlimited_db = 1e6, default_range_up_db = 12;
}

GainComputer::GainComputer(const BandSettings& settings) : settings_(settings) {
    const bool up = settings.mode == DynamicsMode::up, rms = settings.detector == LevelDetector::rms;
    // A sine's mean square is half its peak's square.
    const double threshold = rms ? power_from_db(settings.threshold_db) / 2 : gain_from_db(settings.threshold_db);
    const double db_per_octave = (rms ? 10 : 20) * std::log10(2.0);
    curve_ = {.scale = 1 / threshold,
              .db_per_octave = up ? -db_per_octave : db_per_octave,
              .knee_db = settings.knee_db,
              .slope = 1 - 1 / settings.ratio,
              .range_db = settings.range_db.value_or(up ? default_range_up_db : unlimited_db),
              .least_db = least_db};
}

double GainComputer::change_db(double level_db) const {
    const bool up = settings_.mode == DynamicsMode::up;
    const double beyond = up ? settings_.threshold_db - level_db : level_db - settings_.threshold_db;
    const double knee = settings_.knee_db;
    double change = 0;
    if (2 * beyond >= knee)
        change = curve_.slope * beyond;
    else if (2 * beyond > -knee)
        change = curve_.slope * (beyond + knee / 2) * (beyond + knee / 2) / (2 * knee);
    return std::min(change, curve_.range_db);
}

template <class Sample>
void GainComputer::run(const Sample* levels, Sample* out, std::size_t n) const {
    run_kernel<GainChange>(curve_, levels, out, n);
}

template void GainComputer::run(const float*, float*, std::size_t) const;
template void GainComputer::run(const double*, double*, std::size_t) const;

}  // namespace lathe
