// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/faults.h"

#include <cmath>
#include <numbers>

#include "dsp/core/decibel.h"

namespace lathe::demo {
namespace {

/// A ringing room mode: the peaking filter of the RBJ cookbook, on both channels.
void ring(Stem& stem, const Fault& fault) {
    const double w = 2 * std::numbers::pi * fault.hz / demo_rate, a = std::pow(10.0, fault.gain_db / 40),
                 alpha = std::sin(w) / (2 * fault.q);
    const double a0 = 1 + alpha / a, b0 = (1 + alpha * a) / a0, b1 = -2 * std::cos(w) / a0, b2 = (1 - alpha * a) / a0,
                 a2 = (1 - alpha / a) / a0;
    for (int c = 0; c < stem.channels(); ++c) {
        double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
        for (Frames n = 0; n < stem.frames(); ++n) {
            const double x = stem.channel(c)[n], y = b0 * x + b1 * x1 + b2 * x2 - b1 * y1 - a2 * y2;
            x2 = x1, x1 = x, y2 = y1, y1 = y;
            stem.channel(c)[n] = y;
        }
    }
}

void plant(const Fault& fault, Stem& stem) {
    if (fault.kind == "resonance") {
        ring(stem, fault);
        return;
    }
    const Frames click = std::llround(fault.time_s * demo_rate);
    for (int c = 0; c < stem.channels(); ++c) {
        double* x = stem.channel(c);
        if (fault.kind == "click") x[click] += fault.value;
        for (Frames n = 0; n < stem.frames(); ++n) {
            if (fault.kind == "dc") x[n] += fault.value;
            if (fault.kind == "level") x[n] *= gain_from_db(fault.gain_db);
        }
    }
}

}  // namespace

std::vector<Fault> demo_faults() {
    return {{"harbour", "", "resonance", 187, 32, 10, 0, 0},
            {"copper", "bass", "dc", 0, 0, 0, 0, 0.012},
            {"tide", "", "level", 0, 0, -6, 0, 0},
            {"tide", "lead", "click", 0, 0, 0, 13.37, 0.2}};
}

void plant(const std::vector<Fault>& faults, Song& song) {
    for (const Fault& fault : faults)
        for (NamedStem& stem : song.stems)
            if (fault.track == song.id && (fault.stem.empty() || fault.stem == stem.name)) plant(fault, stem.audio);
}

}  // namespace lathe::demo
