// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/quantise.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <random>

#include "dsp/core/error.h"
#include "dsp/core/random.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/quantise.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
/// One channel's integers at the target depth.
template <class Sample>
std::vector<double> quantised(Quantiser quantiser, const AudioBuffer<Sample>& audio, int bits, int channel = 0) {
    std::vector<std::int32_t> out(static_cast<std::size_t>(audio.frames() * audio.channels()));
    quantiser.quantise(audio.view(), 0, out.data());
    CHECK(fits_depth(out.data(), out.size(), bits));
    std::vector<double> integers;
    for (std::size_t i = static_cast<std::size_t>(channel); i < out.size();
         i += static_cast<std::size_t>(audio.channels()))
        integers.push_back(std::ldexp(static_cast<double>(out[i]), bits - 32));
    return integers;
}
double mean(const std::vector<double>& x) {
    double sum = 0;
    for (const double v : x) sum += v;
    return sum / static_cast<double>(x.size());
}
double variance(const std::vector<double>& x) {
    const double middle = mean(x);
    double sum = 0;
    for (const double v : x) sum += (v - middle) * (v - middle);
    return sum / static_cast<double>(x.size());
}
AudioBuffer<double> constant(double value, Frames frames) {
    AudioBuffer<double> audio(1, frames);
    std::fill_n(audio.channel(0), frames, value);
    return audio;
}
/// Noise in dBFS (full-scale amplitude 1.0) that silence gets.
double noise_dbfs(int bits, DitherKind kind, double rate) {
    const auto integers = quantised(Quantiser(bits, kind, rate, 7, 1), AudioBuffer<double>(1, 1 << 20), bits);
    double power = 0;
    for (const double y : integers) power += y * y;
    return 10 * std::log10(power / static_cast<double>(integers.size())) - 20 * std::log10(2.0) * (bits - 1);
}
}  // namespace

TEST_CASE("quantiser: integers of 16, 24 and 32 bits come back from floating point as they were", "[output]") {
    const int bits = GENERATE(16, 24, 32);
    std::vector<std::int32_t> integers{0, 1, -1, 32767, -32768};
    std::mt19937 random(1);
    const double scale = std::ldexp(1.0, bits - 1);
    if (bits == 16)
        for (int i = -32768; i < 32768; ++i) integers.push_back(i);
    else
        for (int i = 0; i < 100000; ++i) integers.push_back(static_cast<std::int32_t>(random()) >> (32 - bits));
    integers.push_back(static_cast<std::int32_t>(scale - 1));
    integers.push_back(static_cast<std::int32_t>(-scale));
    AudioBuffer<double> audio(1, std::ssize(integers));
    for (std::size_t i = 0; i < integers.size(); ++i) audio.channel(0)[i] = integers[i] / scale;
    const std::vector<double> expected(integers.begin(), integers.end());
    const Quantiser quantiser(bits, DitherKind::off, 44100, 1, 1);
    CHECK(quantised(quantiser, audio, bits) == expected);
    if (bits <= 24) CHECK(quantised(quantiser, test::as<float>(audio), bits) == expected);
}

TEST_CASE("quantiser: silence gets the noise of TPDF dither, 3/12 of a squared step", "[output]") {
    const double off_16 = std::abs(noise_dbfs(16, DitherKind::tpdf, 44100) - -96.33);
    const double off_24 = std::abs(noise_dbfs(24, DitherKind::tpdf, 96000) - -144.49);
    CHECK(off_16 < test::record("Dither", "noise of TPDF, 16 bits", "-96.33 dBFS", 0.02, off_16, "dB"));
    CHECK(off_24 < test::record("Dither", "noise of TPDF, 24 bits", "-144.49 dBFS", 0.02, off_24, "dB"));
    CHECK(quantised(Quantiser(16, DitherKind::off, 44100, 7, 1), AudioBuffer<double>(1, 1000), 16) ==
          std::vector<double>(1000, 0.0));
}

TEST_CASE("quantiser: whatever the signal, TPDF's error has the same mean, power and no part of it; undithered 1/12",
          "[output]") {
    const int bits = GENERATE(16, 24), kind = GENERATE(range(0, 5));
    constexpr Frames frames = 1 << 19;
    AudioBuffer<double> audio(1, frames);
    if (kind == 1) audio = test::sine(997, 0.5, 44100, frames);
    if (kind == 2) audio = test::sine(50, std::ldexp(0.7, 1 - bits), 44100, frames);  // within a step
    if (kind == 3) audio = test::noise(0.1, frames);
    if (kind == 4)
        for (Frames n = 0; n < frames; ++n) audio.channel(0)[n] = std::ldexp(static_cast<double>(n) / 65536, 1 - bits);
    const double scale = std::ldexp(1.0, bits - 1);
    CAPTURE(bits, kind);
    const auto errors = [&](DitherKind dither) {
        auto error = quantised(Quantiser(bits, dither, 44100, 21, 1), audio, bits);
        for (std::size_t n = 0; n < error.size(); ++n) error[n] -= audio.channel(0)[n] * scale;
        return error;
    };
    const auto dithered = errors(DitherKind::tpdf);
    const double off_mean = std::abs(mean(dithered)), off_variance = std::abs(variance(dithered) - 0.25);
    CHECK(off_mean < test::record("Dither", "mean of TPDF's error, five signals, steps", "0", 0.004, off_mean, ""));
    CHECK(off_variance < test::record("Dither", "variance of TPDF's error, five signals, squared steps", "3/12", 0.003,
                                      off_variance, ""));
    double product = 0, power = 0;
    for (std::size_t n = 0; n < dithered.size(); ++n) {
        product += dithered[n] * audio.channel(0)[n];
        power += audio.channel(0)[n] * audio.channel(0)[n];
    }
    if (power > 0) {
        const double correlation = std::abs(product) / std::sqrt(power * 0.25 * frames);
        CHECK(correlation <
              test::record("Dither", "correlation of TPDF's error and the signal", "0", 0.006, correlation, ""));
    }
    if (kind == 1 || kind == 3) {
        const double published = bits == 16 ? -101.10 : -149.27;
        const double floor_db = 10 * std::log10(variance(errors(DitherKind::off))) - 20 * std::log10(scale);
        const double off = std::abs(floor_db - published);
        CHECK(off < test::record("Dither", "noise without dither, 16 and 24 bits", "-101.10 and -149.27 dBFS", 0.1, off,
                                 "dB"));
    }
}

TEST_CASE("quantiser: under TPDF the error's mean and variance do not follow the signal; under RPDF the variance does",
          "[output]") {
    const double scale = 32768;
    double least_tpdf = 1, most_tpdf = 0, least_rpdf = 1, most_rpdf = 0;
    std::mt19937 random(3);
    std::uniform_real_distribution<double> rpdf(-0.5, 0.5);
    for (int k = 0; k <= 16; ++k) {  // a ramp of one step, sixteen stops
        const double x = 100 + k / 16.0;
        auto error = quantised(Quantiser(16, DitherKind::tpdf, 44100, 5, 1), constant(x / scale, 1 << 16), 16);
        for (double& y : error) y -= x;
        CAPTURE(k);
        CHECK_THAT(mean(error), WithinAbs(0, 0.01));
        least_tpdf = std::min(least_tpdf, variance(error));
        most_tpdf = std::max(most_tpdf, variance(error));
        for (double& y : error) y = std::nearbyint(x + rpdf(random)) - x;
        CHECK_THAT(mean(error), WithinAbs(0, 0.01));
        least_rpdf = std::min(least_rpdf, variance(error));
        most_rpdf = std::max(most_rpdf, variance(error));
    }
    const double spread = std::max(std::abs(least_tpdf - 0.25), std::abs(most_tpdf - 0.25));
    CHECK(spread <
          test::record("Dither", "variance of TPDF's error on a slow ramp, squared steps", "3/12", 0.006, spread, ""));
    CHECK(most_rpdf - least_rpdf > 0.2);
}

TEST_CASE(
    "quantiser: a 1 kHz tone at -100 dBFS survives 16 bits with no harmonic over the averaged floor; without dither it "
    "is gone",
    "[output]") {
    constexpr Frames period = 48, periods = 40000;
    const auto tone = test::sine(1000, 1e-5, 48000, period * periods);
    const auto harmonics = [&](DitherKind kind) {
        const auto y = quantised(Quantiser(16, kind, 48000, 11, 1), tone, 16);
        std::vector<double> averaged(period);
        for (std::size_t n = 0; n < y.size(); ++n) averaged[n % period] += y[n] / periods;
        std::vector<double> amplitudes;
        for (int h = 1; h < period / 2; ++h) {
            std::complex<double> sum = 0;
            for (int n = 0; n < period; ++n)
                sum += averaged[static_cast<std::size_t>(n)] * std::polar(1.0, -2 * std::numbers::pi * h * n / period);
            amplitudes.push_back(2 * std::abs(sum) / period);
        }
        return amplitudes;
    };
    const auto dithered = harmonics(DitherKind::tpdf);
    // Noise of 0.5 steps RMS, averaged: its amplitude in one bin has an RMS of 0.5 · 2 / √frames = 0.00072 steps.
    const double floor = 1 / std::sqrt(static_cast<double>(period * periods));
    CHECK_THAT(dithered[0], WithinAbs(0.32768, 5 * floor));
    const double harmonic = *std::max_element(dithered.begin() + 1, dithered.end()) / floor;
    CHECK(harmonic < test::record("Dither",
                                  "largest harmonic of 1 kHz at -100 dBFS, 16 bits, over the noise in its bin",
                                  "noise of 3/12, averaged", 4, harmonic, "times"));
    CHECK(harmonics(DitherKind::off)[0] == 0);
}

TEST_CASE("quantiser: shaped noise has the published total and the filter's spectrum", "[output]") {
    const double rate = GENERATE(44100.0, 48000.0);
    CAPTURE(rate);
    const double gain_db = rate == 44100 ? 15.8 : 15.9;
    const double off = std::abs(noise_dbfs(16, DitherKind::shaped, rate) - (-96.33 + gain_db)),
                 off_24 = std::abs(noise_dbfs(24, DitherKind::shaped, rate) - (-144.49 + gain_db));
    CHECK(off < test::record("Dither", "total noise of shaped dither, 16 bits", "published gain", 0.2, off, "dB"));
    CHECK(off_24 <
          test::record("Dither", "total noise of shaped dither, 24 bits", "published gain", 0.2, off_24, "dB"));

    const auto y = quantised(Quantiser(16, DitherKind::shaped, rate, 7, 1), AudioBuffer<double>(1, 1 << 20), 16);
    constexpr int length = 512;
    for (const int bin : {12, 46, 100, 150, 230}) {
        const double w = 2 * std::numbers::pi * bin / length;
        double power = 0;
        for (std::size_t at = 0; at + length <= y.size(); at += length) {
            std::complex<double> sum = 0;
            for (int n = 0; n < length; ++n)
                sum += y[at + static_cast<std::size_t>(n)] * (1 - std::cos(2 * std::numbers::pi * n / length)) *
                       std::polar(1.0, -w * n);
            power += std::norm(sum) / (1.5 * length);
        }
        std::complex<double> response = 1;
        const auto filter = shaping_filter(rate);
        for (std::size_t k = 0; k < filter.size(); ++k)
            response -= filter[k] * std::polar(1.0, -w * static_cast<double>(k + 1));
        const double measured = 10 * std::log10(power / static_cast<double>(y.size() / length) / 0.25);
        CAPTURE(bin);
        const double spectrum_off = std::abs(measured - 20 * std::log10(std::abs(response)));
        CHECK(spectrum_off <
              test::record("Dither", "spectrum of shaped dither", "its published filter", 0.3, spectrum_off, "dB"));
        if (bin == 46) CHECK(measured < -15);  // 4 kHz, where the ear is keenest
    }
}

TEST_CASE("quantiser: shaped dither is plain TPDF where no filter was made for the rate", "[output]") {
    const double rate = GENERATE(32000.0, 88200.0, 96000.0, 192000.0);
    Quantiser shaped(16, DitherKind::shaped, rate, 3, 1), tpdf(16, DitherKind::tpdf, rate, 3, 1);
    CHECK_FALSE(shaped.is_serial());
    const auto audio = test::noise(0.1, 5000);
    CHECK(quantised(shaped, audio, 16) == quantised(tpdf, audio, 16));
    CHECK(Quantiser(16, DitherKind::shaped, 44056, 3, 1).is_serial());
}

TEST_CASE("quantiser: any part of a programme is had alone; shaped parts in their order", "[output]") {
    const auto kind = GENERATE(DitherKind::tpdf, DitherKind::off, DitherKind::shaped);
    const int channels = GENERATE(1, 2, 3);
    const Frames cut = GENERATE(1, 511, 512, 1000, 1024);
    const auto audio = test::as<float>(test::noise(0.1, 5000, channels));
    std::vector<std::int32_t> whole(static_cast<std::size_t>(audio.frames() * channels)), pieces(whole.size());
    Quantiser(16, kind, 44100, 9, channels).quantise(audio.view(), 0, whole.data());
    Quantiser quantiser(16, kind, 44100, 9, channels);
    std::vector<Frames> starts;
    for (Frames n = 0; n < audio.frames(); n += cut) starts.push_back(n);
    if (!quantiser.is_serial()) std::reverse(starts.begin(), starts.end());
    for (const Frames n : starts)
        quantiser.quantise(audio.view().slice(n, std::min(cut, audio.frames() - n)), n, pieces.data() + n * channels);
    CHECK(pieces == whole);
}

TEST_CASE("quantiser: shaped dither refuses frames out of order", "[output]") {
    Quantiser quantiser(16, DitherKind::shaped, 44100, 9, 1);
    std::int32_t out[10];
    const AudioBuffer<float> audio(1, 10);
    quantiser.quantise(audio.view(), 0, out);
    CHECK_THROWS_AS(quantiser.quantise(audio.view(), 11, out), std::logic_error);
}

TEST_CASE("quantiser: dither is another on every channel and for every seed, and knows nothing of its past",
          "[output]") {
    const AudioBuffer<double> silence(2, 1 << 18);
    const auto left = quantised(Quantiser(24, DitherKind::tpdf, 44100, 1, 2), silence, 24, 0);
    const auto right = quantised(Quantiser(24, DitherKind::tpdf, 44100, 1, 2), silence, 24, 1);
    const auto other = quantised(Quantiser(24, DitherKind::tpdf, 44100, 2, 2), silence, 24, 0);
    CHECK(quantised(Quantiser(24, DitherKind::tpdf, 44100, 1, 2), silence, 24, 0) == left);
    const auto correlation = [](const std::vector<double>& a, const std::vector<double>& b, std::size_t lag) {
        double sum = 0;
        for (std::size_t n = lag; n < a.size(); ++n) sum += a[n] * b[n - lag];
        return sum / static_cast<double>(a.size()) / 0.25;
    };
    for (const std::size_t lag : {0, 1, 2, 3, 100}) {
        CAPTURE(lag);
        CHECK_THAT(correlation(left, right, lag), WithinAbs(0, 0.01));
        CHECK_THAT(correlation(left, other, lag), WithinAbs(0, 0.01));
        if (lag > 0) CHECK_THAT(correlation(left, left, lag), WithinAbs(0, 0.01));
    }
    CHECK_THAT(correlation(left, left, 0), WithinAbs(1, 0.01));
}

TEST_CASE("quantiser: overs are clipped to the depth's own limits and counted", "[output]") {
    const int bits = GENERATE(16, 24, 32);
    AudioBuffer<double> audio(2, 6);
    const double values[] = {1.0, -1.0, 1.5, -1.5, 0.25, 1 - std::ldexp(1.0, 1 - bits)};
    for (int n = 0; n < 6; ++n) audio.channel(0)[n] = values[n];
    std::int32_t out[12];
    CHECK(Quantiser(bits, DitherKind::off, 44100, 1, 2).quantise(audio.view(), 0, out) == 3);  // -1.0 fits
    const auto highest = static_cast<std::int32_t>((std::int64_t{1} << 31) - (std::int64_t{1} << (32 - bits)));
    CHECK(out[0] == highest);
    CHECK(out[2] == INT32_MIN);
    CHECK(out[4] == highest);
    CHECK(out[6] == INT32_MIN);
    CHECK(out[8] == 1 << 29);
    CHECK(out[10] == highest);
    CHECK(Quantiser(bits, DitherKind::shaped, 44100, 1, 2).quantise(audio.view(), 0, out) >= 2);
    CHECK(out[4] == highest);
    CHECK(out[6] == INT32_MIN);
}

TEST_CASE("dither: no error passes the stated peak, and TPDF comes near it", "[output]") {
    const auto audio = test::sine(997, 0.5, 44100, 1 << 20);
    for (const auto kind : {DitherKind::off, DitherKind::tpdf, DitherKind::shaped}) {
        const auto y = quantised(Quantiser(16, kind, 44100, 4, 1), audio, 16);
        double largest = 0;
        for (std::size_t n = 0; n < y.size(); ++n)
            largest = std::max(largest, std::abs(y[n] - audio.channel(0)[n] * 32768));
        CAPTURE(static_cast<int>(kind), largest);
        CHECK(largest <= dither_peak_lsb(kind, 44100));
        CHECK(largest > dither_peak_lsb(kind, 44100) * (kind == DitherKind::shaped ? 0.3 : 0.95));
    }
    CHECK(dither_peak_lsb(DitherKind::shaped, 96000) == 1.5);
}

TEST_CASE("quantiser: every instruction set gives the integers that CounterRandom's dither asks for", "[output]") {
    const auto audio = test::as<float>(test::noise(0.1, 1003));
    constexpr std::uint64_t first = (1ull << 33) + 5, seed = 0x1234567890abcdef;
    std::vector<std::int32_t> expected, out(1003);
    for (Frames n = 0; n < 1003; ++n) {
        const std::uint64_t bits = CounterRandom(seed).bits(first + static_cast<std::uint64_t>(n));
        const double u1 = static_cast<std::int32_t>(bits >> 32), u2 = static_cast<std::int32_t>(bits);
        expected.push_back(
            static_cast<std::int32_t>(std::nearbyint(audio.channel(0)[n] * 32768.0 + (u1 + u2 + 1) / 4294967296.0)) *
            65536);
    }
    const QuantiseSettings settings{16, 1, seed};
    QuantiseSamples{}(Sse42{}, settings, first, audio.channel(0), out.data(), out.size());
    CHECK(out == expected);
    if (best_isa() >= Isa::avx2) QuantiseSamples{}(Avx2{}, settings, first, audio.channel(0), out.data(), out.size());
    CHECK(out == expected);
    if (best_isa() >= Isa::avx512)
        QuantiseSamples{}(Avx512{}, settings, first, audio.channel(0), out.data(), out.size());
    CHECK(out == expected);
}

TEST_CASE("quantiser: other depths are refused", "[output]") {
    CHECK_THROWS_AS(Quantiser(20, DitherKind::tpdf, 44100, 1, 2), BadSetting);
}

TEST_CASE("quantiser: integers fit a depth if nothing lies below its last bit", "[output]") {
    const std::int32_t integers[] = {0x12340000, static_cast<std::int32_t>(0x80010000), 0x00567800};
    CHECK(fits_depth(integers, 2, 16));
    CHECK_FALSE(fits_depth(integers, 3, 16));
    CHECK(fits_depth(integers, 3, 24));
    CHECK(fits_depth(integers, 3, 32));
}
