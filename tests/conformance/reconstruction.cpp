// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/reconstruction.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/core/decibel.h"
#include "dsp/fft/fft.h"
#include "dsp/measure/true_peak.h"
#include "tests/support/signals.h"

namespace lathe::test {
namespace {

constexpr int times = 64;
constexpr std::size_t silence_frames = 1024;

struct Spectrum {
    RealFft<double> fft;
    AlignedVector<std::complex<double>> bins;
};
Spectrum spectrum(const AudioBuffer<double>& audio, int channel) {
    const auto frames = static_cast<std::size_t>(audio.frames());
    Spectrum out{RealFft<double>(power_of_two_at_least(frames + silence_frames)), {}};
    AlignedVector<double> padded(out.fft.size());
    std::copy_n(audio.channel(channel), frames, padded.begin());
    out.bins.resize(out.fft.size() / 2 + 1);
    out.fft.forward(padded.data(), out.bins.data());
    return out;
}

}  // namespace

double fourier_peak(const AudioBuffer<double>& audio) {
    double peak = 0;
    for (int c = 0; c < audio.channels(); ++c) {
        auto [fft, bins] = spectrum(audio, c);
        const double size = static_cast<double>(fft.size());
        AlignedVector<std::complex<double>> step(bins.size()), spent(bins.size());  // the inverse overwrites its input
        for (std::size_t k = 0; k < bins.size(); ++k)
            step[k] = std::polar(1.0, 2 * std::numbers::pi * static_cast<double>(k) / times / size);
        AlignedVector<double> samples(fft.size());
        for (int p = 0; p < times; ++p) {
            spent = bins;
            fft.inverse(spent.data(), samples.data());
            for (const double x : samples) peak = std::max(peak, std::abs(x) / size);
            for (std::size_t k = 0; k < bins.size(); ++k) bins[k] *= step[k];
        }
    }
    return peak;
}

AudioBuffer<double> low_passed(const AudioBuffer<double>& audio, double cutoff) {
    AudioBuffer<double> out(audio.channels(), audio.frames());
    for (int c = 0; c < audio.channels(); ++c) {
        auto [fft, bins] = spectrum(audio, c);
        const double size = static_cast<double>(fft.size());
        for (std::size_t k = 0; k < bins.size(); ++k) bins[k] *= static_cast<double>(k) < cutoff * size ? 1 / size : 0;
        AlignedVector<double> samples(fft.size());
        fft.inverse(bins.data(), samples.data());
        std::copy_n(samples.begin(), audio.frames(), out.channel(c));
    }
    ease(out, audio.frames() / 8);
    return out;
}

double metered_true_peak(const AudioBuffer<double>& audio) {
    SerialWorkers workers;
    TruePeakMeter<float> meter(audio.channels(), workers);
    meter.push(as<float>(audio).view());
    meter.finish();
    return meter.true_peak().value;
}

void ease(AudioBuffer<double>& audio, Frames frames) {
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 0; n < frames; ++n) {
            const double gain =
                0.5 - 0.5 * std::cos(std::numbers::pi * static_cast<double>(n) / static_cast<double>(frames));
            audio.channel(c)[n] *= gain;
            audio.channel(c)[audio.frames() - 1 - n] *= gain;
        }
}

}  // namespace lathe::test
