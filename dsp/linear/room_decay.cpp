// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/fft/fft.h"
#include "dsp/linear/room_model.h"

namespace lathe {
namespace {

/// T60 at hz: straight lines between the octaves in log time over log frequency; held below them, continued above.
double t60_at(const RoomModel& model, double hz) {
    const auto& times = model.design_t60_s;
    const double octave = std::max(std::log2(std::max(hz, 1.0) / 62.5), 0.0);
    const std::size_t i = std::min(static_cast<std::size_t>(octave), times.size() - 2);
    return times[i] * std::pow(times[i + 1] / times[i], octave - static_cast<double>(i));
}

}  // namespace

// Frames of 40 ms, overlapping by half under a Hann window that sums to 1, each through the zero-phase filter that
// T60(f) asks for at its time. T60(f) is smooth, so the filters are short and pass no frame's sound into another's
// time.
void apply_decay(const RoomModel& model, double rate, AudioBuffer<double>& audio, Workers& workers) {
    const Frames hop = std::llround(rate / 50);
    const std::size_t size = power_of_two_at_least(static_cast<std::size_t>(4 * hop));
    const Frames half = static_cast<Frames>(size) / 2;
    const RealFft<double> fft(size);

    std::vector<double> step(size / 2 + 1);
    for (std::size_t k = 0; k < step.size(); ++k)
        step[k] = std::exp(-std::log(1000.0) * static_cast<double>(hop) / rate /
                           t60_at(model, static_cast<double>(k) * rate / static_cast<double>(size)));
    std::vector<double> window(static_cast<std::size_t>(2 * hop));
    for (std::size_t i = 0; i < window.size(); ++i)
        window[i] = 0.5 - 0.5 * std::cos(std::numbers::pi * static_cast<double>(i) / static_cast<double>(hop));

    workers.for_each(audio.channels(), [&](int c) {
        double* const x = audio.channel(c);
        AlignedVector<double> samples(size), sum(size);  // sum: of the frames so far, from centre − half on
        AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
        std::vector<double> gain(size / 2 + 1, 1 / static_cast<double>(size));
        for (Frames centre = 0; centre - half < audio.frames(); centre += hop) {
            std::fill(samples.begin(), samples.end(), 0);
            for (Frames i = std::max<Frames>(0, hop - centre); i < std::min(2 * hop, audio.frames() - centre + hop);
                 ++i)
                samples[static_cast<std::size_t>(half - hop + i)] =
                    window[static_cast<std::size_t>(i)] * x[centre - hop + i];
            fft.forward(samples.data(), spectrum.data());
            for (std::size_t k = 0; k < spectrum.size(); ++k) {
                spectrum[k] *= gain[k];
                gain[k] *= step[k];
            }
            fft.inverse(spectrum.data(), samples.data());
            for (std::size_t n = 0; n < size; ++n) sum[n] += samples[n];
            // No later frame reaches, or reads, what lies before the next one's first sample.
            const Frames first = centre - half;
            for (Frames n = std::max<Frames>(0, first); n < std::min(audio.frames(), first + hop); ++n)
                x[n] = sum[static_cast<std::size_t>(n - first)];
            std::copy(sum.begin() + hop, sum.end(), sum.begin());
            std::fill(sum.end() - hop, sum.end(), 0);
        }
    });
}

}  // namespace lathe
