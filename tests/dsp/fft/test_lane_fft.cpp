// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <complex>
#include <vector>

#include "dsp/fft/fft.h"
#include "dsp/fft/lane_fft.h"
#include "dsp/simd/isa.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

using Bins = AlignedVector<std::complex<double>>;

/// Each instruction set that this processor has, in use for as long as this lives.
struct EachIsa {
    EachIsa() {
        isa = GENERATE(from_range(std::begin(all_isas), std::end(all_isas)));
        usable = isa <= best_isa();
        if (usable) use_isa(isa);
    }
    ~EachIsa() { use_isa(best_isa()); }
    Isa isa;
    bool usable;
};

Bins transformed(const Bins& x) {
    Bins bins(x.size());
    ComplexFft<double>(x.size()).forward(x.data(), bins.data());
    return bins;
}

/// The unscaled way back.
Bins transformed_back(Bins bins) {
    for (auto& bin : bins) bin = std::conj(bin);
    Bins x = transformed(bins);
    for (auto& value : x) value = std::conj(value);
    return x;
}

template <class Sample>
struct Signal {
    explicit Signal(std::size_t size, unsigned seed = 3) : real(size), imaginary(size) {
        const AudioBuffer<double> audio = test::noise(0.5, static_cast<Frames>(size), 2, seed);
        for (std::size_t n = 0; n < size; ++n) {
            real[n] = static_cast<Sample>(audio.channel(0)[n]);
            imaginary[n] = static_cast<Sample>(audio.channel(1)[n]);
        }
    }
    Bins bins(bool with_imaginary = true) const {
        Bins x(real.size());
        for (std::size_t n = 0; n < x.size(); ++n) x[n] = {real[n], with_imaginary ? imaginary[n] : Sample(0)};
        return transformed(x);
    }
    std::vector<Sample> real, imaginary;
};

template <class Sample>
double residual_db(const std::vector<double>& expected, const Sample* values) {
    double error = 0, power = 0;
    for (std::size_t n = 0; n < expected.size(); ++n) {
        error += std::pow(static_cast<double>(values[n]) - expected[n], 2);
        power += std::pow(expected[n], 2);
    }
    const double db = 10 * std::log10(error / power);
    UNSCOPED_INFO("residual " << db << " dB");
    return db;
}

template <class Sample>
double forward_residual_db(std::size_t size, bool with_imaginary) {
    const LaneFft<Sample> fft(size);
    const Signal<Sample> signal(size);
    AlignedVector<Sample> spectrum(fft.spectrum_samples()), work(fft.work_samples()), tile(fft.tile_samples());
    fft.forward(signal.real.data(), with_imaginary ? signal.imaginary.data() : nullptr, spectrum.data(), work.data(),
                tile.data());
    AlignedVector<Sample> rounded(spectrum.size());
    fft.arrange(signal.bins(with_imaginary).data(), false, rounded.data());
    return residual_db(std::vector<double>(rounded.begin(), rounded.end()), spectrum.data());
}

template <class Sample>
constexpr double limit_db = sizeof(Sample) == 4 ? -130.0 : -290.0;

}  // namespace

TEMPLATE_TEST_CASE("lane transform: every size equals the reference transform", "[fft]", float, double) {
    const EachIsa isa;
    if (!isa.usable) return;
    const std::size_t size = std::size_t(1) << GENERATE(range(10, 19));
    CAPTURE(isa_name(isa.isa), size);
    CHECK(forward_residual_db<TestType>(size, true) < limit_db<TestType>);
    CHECK(forward_residual_db<TestType>(size, false) < limit_db<TestType>);
}

TEMPLATE_TEST_CASE("lane transform: a spectrum made in double is put in order as its bins are", "[fft]", float,
                   double) {
    const EachIsa isa;
    if (!isa.usable) return;
    const std::size_t size = std::size_t(1) << GENERATE(10, 13, 16);
    const bool half = GENERATE(false, true);
    CAPTURE(isa_name(isa.isa), size, half);
    const Signal<double> signal(size);
    const LaneFft<double> wide(size);
    AlignedVector<double> spectrum(wide.spectrum_samples()), work(wide.work_samples()), tile(wide.tile_samples());
    wide.forward(signal.real.data(), half ? nullptr : signal.imaginary.data(), spectrum.data(), work.data(),
                 tile.data());
    const LaneFft<TestType> fft(size);
    const std::size_t samples = half ? fft.half_samples() : fft.spectrum_samples();
    AlignedVector<TestType> ordered(samples + 1, 9), expected(samples);
    fft.arrange(spectrum.data(), half, ordered.data());
    fft.arrange(signal.bins(!half).data(), half, expected.data());
    CHECK(residual_db(std::vector<double>(expected.begin(), expected.end()), ordered.data()) < limit_db<TestType>);
    CHECK(ordered[samples] == 9);  // nothing is written past the end
}

TEMPLATE_TEST_CASE("lane transform: sums of straight and crossed products come back as the reference's", "[fft]", float,
                   double) {
    const EachIsa isa;
    if (!isa.usable) return;
    const std::size_t size = std::size_t(1) << GENERATE(10, 11, 13);
    CAPTURE(isa_name(isa.isa), size);
    const LaneFft<TestType> fft(size);
    AlignedVector<TestType> work(fft.work_samples()), tile(fft.tile_samples());

    constexpr std::size_t count = 19;           // more than are summed at once
    const bool halves = GENERATE(false, true);  // of the responses, which then are those of real taps
    const double scale = 1 / static_cast<double>(size);
    std::vector<AlignedVector<TestType>> kept;
    const auto arranged = [&](const Bins& bins, bool half = false) {
        kept.emplace_back(half ? fft.half_samples() : fft.spectrum_samples());
        fft.arrange(bins.data(), half, kept.back().data());
        return kept.back().data();
    };
    constexpr std::size_t blocks = 6;  // some together, some alone
    std::vector<Bins> expected(blocks, Bins(size));
    std::vector<LaneResponse<TestType>> responses;
    std::vector<const TestType*> signals;
    for (unsigned i = 0; i < count; ++i) {
        Bins straight = Signal<double>(size, 2 * i).bins(!halves),
             crossed = Signal<double>(size, 2 * i + 1).bins(!halves);
        const bool crosses = i % 3 != 0;
        for (std::size_t k = 0; k < size; ++k) straight[k] *= scale, crossed[k] *= scale;
        for (unsigned b = 0; b < blocks; ++b) {
            const Bins signal = Signal<double>(size, 100 + i + b).bins();
            for (std::size_t k = 0; k < size; ++k) {
                expected[b][k] += signal[k] * straight[k];
                if (crosses) expected[b][k] += std::conj(signal[(size - k) % size]) * crossed[k];
            }
            signals.push_back(arranged(signal));
        }
        responses.push_back({arranged(straight, halves), crosses ? arranged(crossed, halves) : nullptr, halves});
    }
    AlignedVector<TestType> sums(blocks * fft.pair_samples());
    const unsigned tested = GENERATE(1, 5);
    const Bins result = transformed_back(expected[tested]);
    for (std::size_t pair = 0; pair < fft.pairs(); ++pair) {
        fft.sum_products(pair, responses, signals.data(), blocks, sums.data());
        fft.inverse_pair(pair, sums.data() + tested * fft.pair_samples(), work.data());
    }
    const std::size_t first = GENERATE(0, 77), wanted = size - first - (first ? 311 : 0);
    std::vector<TestType> real(wanted + 1, 9), imaginary(wanted + 1, 9), alone(wanted + 1, 9);
    fft.inverse_end(work.data(), first, wanted, real.data(), imaginary.data(), tile.data());
    fft.inverse_end(work.data(), first, wanted, alone.data(), nullptr, tile.data());
    std::vector<double> expected_real, expected_imaginary;
    for (std::size_t n = first; n < first + wanted; ++n) {
        expected_real.push_back(result[n].real());
        expected_imaginary.push_back(result[n].imag());
    }
    CHECK(residual_db(expected_real, real.data()) < limit_db<TestType>);
    CHECK(residual_db(expected_imaginary, imaginary.data()) < limit_db<TestType>);
    CHECK(alone == real);
    CHECK(real[wanted] == 9);  // nothing is written past the end
    CHECK(imaginary[wanted] == 9);
}
