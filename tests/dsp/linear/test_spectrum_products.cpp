// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <complex>

#include "dsp/linear/spectrum_products.h"
#include "dsp/simd/isa.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

/// Relative residual of float sums of `products` products, against std::complex<double>.
double residual_db(int products) {
    const SpectrumShape shape(256);
    const AudioBuffer<float> spectra = test::as<float>(test::noise(1, static_cast<Frames>(shape.samples()), 16));
    SpectrumProducts<float> sums;
    sums.start(shape);
    const int counts[] = {1, 0, products};
    for (const int count : counts) {
        sums.add_sum();
        for (int p = 0; p < count; ++p) sums.add_product(spectra.channel(p % 16), spectra.channel(p / 16 % 16));
    }
    sums.run();
    CHECK(sums.sounds(0));
    CHECK(!sums.sounds(1));

    double error = 0, power = 0;
    const auto value = [&](const float* bins, std::size_t k) {
        return std::complex<double>(bins[k], bins[shape.imaginary() + k]);
    };
    for (const std::size_t s : {0, 2})
        for (std::size_t k = 0; k < shape.bins; ++k) {
            std::complex<double> expected;
            for (int p = 0; p < counts[s]; ++p)
                expected += value(spectra.channel(p % 16), k) * value(spectra.channel(p / 16 % 16), k);
            error += std::norm(value(sums.sum(s), k) - expected);
            power += std::norm(expected);
        }
    return 10 * std::log10(error / power);
}

}  // namespace

TEST_CASE("products of spectra: sums are right on every instruction set", "[linear]") {
    const int products = GENERATE(1, 5, 16, 17);
    for (const Isa isa : {Isa::sse4_2, Isa::avx2, Isa::avx512}) {
        if (isa > best_isa()) continue;
        use_isa(isa);
        CAPTURE(isa_name(isa));
        CHECK(residual_db(products) < -140.0);
    }
    use_isa(best_isa());
}

TEST_CASE("products of spectra: hundreds of them gather little rounding", "[linear]") {
    CHECK(residual_db(256) < -138.0);
}
