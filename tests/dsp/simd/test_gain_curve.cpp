// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <vector>

#include "dsp/simd/gain_curve.h"
#include "dsp/simd/isa.h"
#include "tests/support/catch.h"
#include "tests/support/every_isa.h"

using namespace lathe;

namespace {
// A bare logarithm: dB above 1, no knee, nothing held.
constexpr CurveCoefficients decibels{
    .scale = 1, .db_per_octave = 6.020599913279624, .knee_db = 0, .slope = 1, .range_db = 1e9, .least_db = 0};

template <class Sample>
std::vector<Sample> spread(double lowest, double highest, std::size_t n) {
    std::vector<Sample> values(n);
    for (std::size_t i = 0; i < n; ++i)
        values[i] = static_cast<Sample>(lowest + (highest - lowest) * static_cast<double>(i) / static_cast<double>(n));
    return values;
}
// The largest |computed − expected| less `relative` times |expected|.
template <class Sample, class Expected>
double worst_beyond(const std::vector<Sample>& in, const std::vector<Sample>& out, double relative, Expected expected) {
    double worst = -1;
    for (std::size_t i = 0; i < in.size(); ++i) {
        const double wanted = expected(static_cast<double>(in[i]));
        const double error = std::abs(static_cast<double>(out[i]) - wanted) - relative * std::abs(wanted);
        if (!(error <= worst)) worst = error;
    }
    return worst;
}
template <class Sample>
void check_logarithm(double near_one, double relative) {
    for (const double top : {1.001, 2.0, 1e4}) {
        const std::vector<Sample> levels = spread<Sample>(1, top, 16000);
        std::vector<Sample> out(levels.size());
        run_kernel<GainChange>(decibels, levels.data(), out.data(), levels.size());
        CHECK(worst_beyond(levels, out, relative, [](double x) { return 20 * std::log10(x); }) < near_one);
    }
}
template <class Sample>
void check_power(double relative) {
    const FactorCoefficients factor{.octaves_per_db = std::log2(10.0) / 20, .makeup_octaves = 0, .mix = 1, .offset = 1};
    const std::vector<Sample> changes = spread<Sample>(-60, 60, 16000);
    std::vector<Sample> out(changes.size());
    run_kernel<GainFactor>(factor, changes.data(), out.data(), changes.size());
    CHECK(worst_beyond(changes, out, relative, [](double x) { return std::pow(10.0, x / 20); }) <= 0);

    for (const double mix : {1.0, 0.7, 0.3, 0.1, 1e-3})
        for (const double offset : {0.0, 1.0}) {
            CAPTURE(mix, offset);
            const FactorCoefficients still{
                .octaves_per_db = -std::log2(10.0) / 20, .makeup_octaves = 0, .mix = mix, .offset = offset};
            const std::vector<Sample> nothing(16, Sample(1e-18));
            run_kernel<GainFactor>(still, nothing.data(), out.data(), nothing.size());
            CHECK(out[0] == offset);
        }
}
}  // namespace

TEST_CASE("gain curve kernel: logarithms and powers are libm's on every instruction set", "[simd]") {
    test::on_every_isa([] {
        check_logarithm<float>(1e-7, 3e-7);
        check_logarithm<double>(1e-16, 1e-15);
        check_power<float>(1.2e-6);  // 60 dB are 10 octaves, themselves rounded to 5e-7
        check_power<double>(6e-15);
    });
}

TEST_CASE("gain curve kernel: knee, slope, range and floor", "[simd]") {
    const CurveCoefficients curve{
        .scale = 10, .db_per_octave = 6.020599913279624, .knee_db = 6, .slope = 0.75, .range_db = 9, .least_db = 1e-18};
    const double levels_db[] = {-200, -23.001, -21, -20, -18, -17, -12, -8, 0, 24};
    const double changes_db[] = {1e-18, 1e-18, 0.25, 0.5625, 1.5625, 2.25, 6, 9, 9, 9};
    std::vector<double> levels(16, 1e-10), out(16);
    for (std::size_t i = 0; i < 10; ++i) levels[i] = std::pow(10.0, levels_db[i] / 20);
    run_kernel<GainChange>(curve, static_cast<const double*>(levels.data()), out.data(), levels.size());
    for (std::size_t i = 0; i < 10; ++i) CHECK_THAT(out[i], WithinAbs(changes_db[i], 1e-12));
}
