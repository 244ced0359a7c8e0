// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/half_band.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Frames 100 … 899 of a sine at `cycles` of the rate that is halved, where the sine at half the rate would be
/// `reference`: the largest difference, in dB of full scale.
double worst_db(double cycles, double reference_gain) {
    const Frames frames = 2000;
    const AudioBuffer<float> in = as<float>(sine(cycles, 1, 1, frames));
    const HalfBandFilter filter;
    RatedAudio from(1, 0), to(1, 50);
    from.queue.append(in.view());
    const Frames count = filter.ready(from, to);
    to.queue.extend(count);
    filter.fill(from, to, 0, count);
    double worst = 0;
    for (Frames m = 100; m < 900; ++m) {
        const double expected = reference_gain * std::sin(2 * std::acos(-1.0) * cycles * 2 * static_cast<double>(m));
        worst = std::max(worst, std::abs(to.queue.view().channel(0)[m - 50] - expected));
    }
    return db_from_gain(worst);
}

}  // namespace

TEST_CASE("half-band: passes the lower half and holds back what would fold into it", "[spectrogram]") {
    const double low = GENERATE(0.001, 0.05, 0.11, 0.17, 0.2, 0.21);
    CHECK(worst_db(low, 1) < -99);        // nor is anything moved in time
    CHECK(worst_db(0.5 - low, 0) < -99);  // folds down onto `low`
}

TEST_CASE("half-band: gives what its input suffices for, from before the beginning on", "[spectrogram]") {
    const HalfBandFilter filter;
    for (Frames end = -30; end < 100; ++end) {
        RatedAudio from(1, -256), to(1, -256);
        from.queue.append_silence(256 + end);
        to.queue.append_silence(236);
        CAPTURE(end);
        const Frames last = to.end() + filter.ready(from, to) - 1;
        if (filter.ready(from, to) > 0) CHECK(2 * last + HalfBandFilter::reach < end);
        CHECK(2 * (last + 1) + HalfBandFilter::reach >= end);
    }
}
