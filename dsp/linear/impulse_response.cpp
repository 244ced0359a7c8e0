// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/impulse_response.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>
#include <vector>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/fft/fft.h"
#include "dsp/linear/taper.h"

namespace lathe {
namespace {

using Spectrum = AlignedVector<std::complex<double>>;

/// The least even m ≥ n that FFTW transforms quickly: without prime factors above 7, but for one 11 or 13.
Frames smooth_at_least(Frames n) {
    for (Frames m = n + n % 2;; m += 2) {
        Frames rest = m;
        for (Frames prime : {2, 3, 5, 7})
            while (rest % prime == 0) rest /= prime;
        if (rest == 1 || rest == 11 || rest == 13) return m;
    }
}

/// The spectrum of one channel of a buffer, zero-padded to `size`, with frame `from` of the buffer at `offset`.
Spectrum spectrum_of(const RealFft<double>& fft, const double* samples, Frames frames, Frames offset = 0) {
    Spectrum spectrum(fft.size() / 2 + 1);
    if (static_cast<std::size_t>(frames) == fft.size()) {
        fft.forward(samples, spectrum.data());
        return spectrum;
    }
    AlignedVector<double> padded(fft.size());
    std::copy_n(samples, frames, padded.begin() + offset);
    fft.forward(padded.data(), spectrum.data());
    return spectrum;
}

/// 1 between low and high, falling smoothly within a fifth of an octave beyond them.
double band_window(double hz, double low, double high) {
    if (hz <= 0) return 0;
    return smooth_fall(5 * std::log2(low / hz)) * smooth_fall(5 * std::log2(hz / high));
}

/// Frames in which the energy behind a frame falls by 60 dB, by the least-squares line through the decay from high_db
/// to low_db; 0 where it never gets there.
double decay_time(std::vector<double> energy, double high_db, double low_db) {
    for (std::size_t n = energy.size() - 1; n-- > 0;) energy[n] += energy[n + 1];
    double count = 0, sum_n = 0, sum_nn = 0, sum_db = 0, sum_n_db = 0;
    bool reached = false;
    for (std::size_t n = 0; n < energy.size() && !reached; ++n) {
        const double db = db_from_power(energy[n] / energy[0]), x = static_cast<double>(n);
        reached = !(db >= low_db);
        if (reached || db > high_db) continue;
        count += 1, sum_n += x, sum_nn += x * x, sum_db += db, sum_n_db += x * db;
    }
    const double spread = count * sum_nn - sum_n * sum_n;
    if (!reached || !(spread > 0)) return 0;
    return -60 * spread / (count * sum_n_db - sum_n * sum_db);
}

Frames peak_frame(const AudioBuffer<double>& audio) {
    Frames place = 0;
    double peak = -1;
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            if (std::abs(audio.channel(c)[n]) > peak) peak = std::abs(audio.channel(c)[n]), place = n;
    return place;
}

}  // namespace

ImpulseResponse resampled(const ImpulseResponse& response, double rate) {
    if (response.rate == rate) return response;
    const Frames from = std::llround(response.rate), to = std::llround(rate);
    const Frames divisor = std::gcd(from, to), p = to / divisor, q = from / divisor;

    // What band_limit() cuts off rings within 6 times the inverse of its fall's width to either side.
    const double limit = std::min(response.rate, rate), ring_seconds = 6 / (0.0465 * limit);
    const Frames ring_in = static_cast<Frames>(std::ceil(ring_seconds * response.rate / static_cast<double>(q))) * q;
    const Frames ring_out = ring_in / q * p;
    const Frames frames = response.audio.frames();
    const Frames unit = smooth_at_least((frames + 2 * ring_in + q - 1) / q);
    const auto size_in = static_cast<std::size_t>(unit * q), size_out = static_cast<std::size_t>(unit * p);
    const RealFft<double> fft_in(size_in), fft_out(size_out);

    // Time zero stays on a frame: where it falls between two, the response moves to the nearer.
    const double origin = static_cast<double>(response.origin) / response.rate * rate;
    const double delay_seconds = (std::round(origin) - origin) / rate;
    ImpulseResponse result{
        {response.audio.channels(), (frames * p + q - 1) / q + 2 * ring_out}, rate, ring_out + std::llround(origin)};

    const double hz_per_bin = response.rate / static_cast<double>(size_in), scale = 1 / static_cast<double>(size_out);
    AlignedVector<double> samples(size_out);
    for (int c = 0; c < response.audio.channels(); ++c) {
        const Spectrum source = spectrum_of(fft_in, response.audio.channel(c), frames, ring_in);
        Spectrum target(size_out / 2 + 1);
        for (std::size_t k = 0; k < std::min(source.size(), target.size()); ++k) {
            const double hz = static_cast<double>(k) * hz_per_bin;
            target[k] =
                source[k] * std::polar(scale * band_limit(hz, limit), -2 * std::numbers::pi * hz * delay_seconds);
        }
        fft_out.inverse(target.data(), samples.data());
        std::copy_n(samples.begin(), result.audio.frames(), result.audio.channel(c));
    }
    return result;
}

double mean_power_gain(const ImpulseResponse& response, Workers& workers) {
    const Frames frames = response.audio.frames();
    const RealFft<double> fft(
        static_cast<std::size_t>(smooth_at_least(std::max<Frames>(frames, std::llround(response.rate)))));
    const double hz_per_bin = response.rate / static_cast<double>(fft.size());
    const auto first = static_cast<std::size_t>(std::ceil(20 / hz_per_bin));
    const auto last = static_cast<std::size_t>(std::min(20000.0, response.rate / 2) / hz_per_bin);
    std::vector<double> powers(static_cast<std::size_t>(response.audio.channels()));
    workers.for_each(response.audio.channels(), [&](int c) {
        const Spectrum spectrum = spectrum_of(fft, response.audio.channel(c), frames);
        double power = 0;
        for (std::size_t k = first; k <= last; ++k) power += std::norm(spectrum[k]);
        powers[static_cast<std::size_t>(c)] = power;
    });
    const double power = std::accumulate(powers.begin(), powers.end(), 0.0);
    const int outputs = std::min(response.audio.channels(), 2);
    return power / static_cast<double>(last - first + 1) / outputs;
}

ImpulseResponse normalized(ImpulseResponse response, Workers& workers) {
    const double power = mean_power_gain(response, workers);
    if (power <= 0) return response;
    const double gain = 1 / std::sqrt(power);
    for (int c = 0; c < response.audio.channels(); ++c)
        for (double* x = response.audio.channel(c); x != response.audio.channel(c) + response.audio.frames(); ++x)
            *x *= gain;
    return response;
}

double mid_band_t60(const ImpulseResponse& response) {
    const Frames frames = response.audio.frames(), margin = std::llround(0.05 * response.rate);
    const RealFft<double> fft(static_cast<std::size_t>(smooth_at_least(frames + 2 * margin)));
    const double hz_per_bin = response.rate / static_cast<double>(fft.size());
    std::vector<double> energy(fft.size());
    AlignedVector<double> band(fft.size());
    for (int c = 0; c < response.audio.channels(); ++c) {
        Spectrum spectrum = spectrum_of(fft, response.audio.channel(c), frames, margin);
        for (std::size_t k = 0; k < spectrum.size(); ++k)
            spectrum[k] *=
                band_window(static_cast<double>(k) * hz_per_bin, 500 / std::numbers::sqrt2, 1000 * std::numbers::sqrt2);
        fft.inverse(spectrum.data(), band.data());
        for (std::size_t n = 0; n < band.size(); ++n) energy[n] += band[n] * band[n];
    }
    return decay_time(std::move(energy), -5, -25) / response.rate;
}

ImpulseResponse with_decay_scaled(ImpulseResponse response, double scale) {
    if (scale == 1) return response;
    const double t60 = mid_band_t60(response);
    if (!(t60 > 0))
        throw BadSetting(
            "decay_scale: the impulse response has no decay of 25 dB around 500 Hz and 1 kHz to scale; leave "
            "decay_scale at 1");
    const Frames start = peak_frame(response.audio);
    const double per_frame = std::exp(-std::log(1000.0) / (t60 * response.rate) * (1 / scale - 1));
    for (int c = 0; c < response.audio.channels(); ++c) {
        double gain = 1;
        for (Frames n = start; n < response.audio.frames(); ++n, gain *= per_frame)
            response.audio.channel(c)[n] *= gain;
    }
    return response;
}

}  // namespace lathe
