// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "dsp/simd/isa.h"
#include "dsp/simd/true_peak.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

// Each granule's peak and step, found frame by frame.
template <class Sample>
void check_levels(std::size_t granules) {
    const auto frames = static_cast<Frames>(granules * true_peak_granule);
    const AudioBuffer<Sample> noise = test::as<Sample>(test::noise(1, frames + 1));
    const Sample* x = noise.channel(0);
    std::vector<Sample> peak(granules + 1, Sample(-1)), step(granules + 1, Sample(-1));
    run_kernel<TruePeakLevels>(x, granules, peak.data(), step.data());
    for (std::size_t g = 0; g < granules; ++g) {
        Sample largest = 0, steepest = 0;
        for (int i = 0; i < true_peak_granule; ++i, ++x) {
            largest = std::max(largest, std::abs(x[0]));
            steepest = std::max(steepest, std::abs(x[1] - x[0]));
        }
        REQUIRE(peak[g] == largest);
        REQUIRE(step[g] == steepest);
    }
    CHECK(peak[granules] == -1);
    CHECK(step[granules] == -1);
}

}  // namespace

TEST_CASE("true peak levels: every granule has its own largest sample and step, on every instruction set", "[simd]") {
    test::on_every_isa([] {
        for (const std::size_t granules : {1, 2, 15, 16, 17, 66}) {
            check_levels<float>(granules);
            check_levels<double>(granules);
        }
    });
}
