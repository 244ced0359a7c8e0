// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <complex>
#include <numbers>
#include <thread>
#include <vector>

#include "dsp/fft/fft.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {

using Values = std::vector<std::complex<double>>;

Values noise_values(std::size_t size) {
    const AudioBuffer<double> audio = test::noise(0.5, static_cast<Frames>(size), 2, 7);
    Values values(size);
    for (std::size_t n = 0; n < size; ++n) values[n] = {audio.channel(0)[n], audio.channel(1)[n]};
    return values;
}

/// The definition: X[k] = Σ x[n] e^(− 2πi k n / N), the angle reduced in integers.
Values direct_transform(const Values& x) {
    Values spectrum(x.size());
    for (std::size_t k = 0; k < x.size(); ++k)
        for (std::size_t n = 0; n < x.size(); ++n)
            spectrum[k] += x[n] * std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(k * n % x.size()) /
                                                      static_cast<double>(x.size()));
    return spectrum;
}

template <class Container>
double residual_db(const Values& reference, const Container& values) {
    double error = 0, power = 0;
    for (std::size_t k = 0; k < reference.size(); ++k) {
        error += std::norm(std::complex<double>(values[k]) - reference[k]);
        power += std::norm(reference[k]);
    }
    return 10 * std::log10(error / power);
}

template <class Sample>
AlignedVector<std::complex<Sample>> rounded(const Values& values) {
    AlignedVector<std::complex<Sample>> result(values.size());
    for (std::size_t n = 0; n < values.size(); ++n) result[n] = std::complex<Sample>(values[n]);
    return result;
}

template <class Sample>
constexpr double limit_db = sizeof(Sample) == 4 ? -131.0 : -295.0;

}  // namespace

TEMPLATE_TEST_CASE("complex transform: equals the defining sum and keeps its input", "[fft]", float, double) {
    const std::size_t size = GENERATE(1, 2, 16, 60, 512, 1021);
    const auto in = rounded<TestType>(noise_values(size));
    auto kept = in, out = in;
    ComplexFft<TestType>(size).forward(kept.data(), out.data());
    CHECK(residual_db(direct_transform(Values(in.begin(), in.end())), out) < limit_db<TestType>);
    CHECK(kept == in);
}

TEMPLATE_TEST_CASE("real transform: is half of the complex one, keeps its input and comes back", "[fft]", float,
                   double) {
    const std::size_t size = GENERATE(2, 30, 1024);
    Values x = noise_values(size);
    AlignedVector<TestType> samples(size);
    for (std::size_t n = 0; n < size; ++n) x[n] = samples[n] = static_cast<TestType>(x[n].real());
    const AlignedVector<TestType> before = samples;
    AlignedVector<std::complex<TestType>> spectrum(size / 2 + 1);
    const RealFft<TestType> fft(size);
    fft.forward(samples.data(), spectrum.data());
    CHECK(samples == before);
    Values expected = direct_transform(x);
    expected.resize(size / 2 + 1);
    CHECK(residual_db(expected, spectrum) < limit_db<TestType>);

    fft.inverse(spectrum.data(), samples.data());
    for (auto& value : x) value *= static_cast<double>(size);
    CHECK(residual_db(x, samples) < limit_db<TestType>);
}

TEMPLATE_TEST_CASE("real transform: there and back is size times the signal", "[fft]", float, double) {
    const std::size_t size = GENERATE(1024, 65536, 3 * 4096, 242550);
    const Values x = noise_values(size);
    AlignedVector<TestType> samples(size);
    Values expected(size);
    for (std::size_t n = 0; n < size; ++n) {
        samples[n] = static_cast<TestType>(x[n].real());
        expected[n] = static_cast<double>(samples[n]) * static_cast<double>(size);
    }
    AlignedVector<std::complex<TestType>> spectrum(size / 2 + 1);
    const RealFft<TestType> fft(size);
    fft.forward(samples.data(), spectrum.data());
    fft.inverse(spectrum.data(), samples.data());
    CHECK(residual_db(expected, samples) < limit_db<TestType> + 5);
}

TEST_CASE("transforms: many threads that make and use one at once get the same bits", "[fft]") {
    const Values values = noise_values(4096);
    const auto transformed = [&] {
        const auto data = rounded<float>(values);
        auto bins = data;
        ComplexFft<float>(4096).forward(data.data(), bins.data());
        return bins;
    };
    const auto expected = transformed();
    std::vector<AlignedVector<std::complex<float>>> results(8);
    std::vector<std::thread> threads;
    for (auto& result : results) threads.emplace_back([&] { result = transformed(); });
    for (auto& thread : threads) thread.join();
    for (const auto& result : results) CHECK(result == expected);
}

TEST_CASE("transforms: a sine of k periods is one bin", "[fft]") {
    const std::size_t size = 256, k = 19;
    AlignedVector<double> samples(size);
    for (std::size_t n = 0; n < size; ++n)
        samples[n] = std::cos(2 * std::numbers::pi * static_cast<double>(k * n % size) / static_cast<double>(size));
    AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
    RealFft<double>(size).forward(samples.data(), spectrum.data());
    for (std::size_t bin = 0; bin < spectrum.size(); ++bin)
        CHECK_THAT(std::abs(spectrum[bin]), WithinAbs(bin == k ? size / 2.0 : 0.0, 1e-12));
}
