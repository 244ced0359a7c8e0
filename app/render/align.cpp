// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/align.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "app/media/audio_file.h"
#include "dsp/fft/fft.h"

namespace lathe {
namespace {

constexpr Frames window_frames = 1 << 16;

/// Frames [from, from + count) of a file as the sum of its channels; silence where the file has none.
std::vector<double> mono_excerpt(AudioReader& reader, Frames from, Frames count) {
    std::vector<double> mono(static_cast<std::size_t>(count));
    const Frames first = std::clamp<Frames>(from, 0, reader.info().frames),
                 last = std::clamp<Frames>(from + count, 0, reader.info().frames);
    if (first >= last) return mono;
    AudioBuffer<double> audio(reader.info().channels, last - first);
    reader.seek(first);
    reader.read(audio.view());
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            mono[static_cast<std::size_t>(first - from + n)] += audio.channel(c)[n];
    return mono;
}

/// Where the loudest window of a file begins.
Frames loudest_window(AudioReader& reader) {
    AudioBuffer<float> audio(reader.info().channels, window_frames);
    Frames best = 0, at = 0;
    double most = -1;
    reader.seek(0);
    while (const Frames n = reader.read(audio.view())) {
        double energy = 0;
        for (int c = 0; c < audio.channels(); ++c)
            for (Frames i = 0; i < n; ++i) energy += static_cast<double>(audio.channel(c)[i]) * audio.channel(c)[i];
        if (energy > most) most = energy, best = at;
        at += n;
    }
    return best;
}

}  // namespace

Frames offset_of(const std::filesystem::path& a, const std::filesystem::path& b, Frames max_offset) {
    AudioReader reader_a(a), reader_b(b);
    const Frames from = loudest_window(reader_a);
    const std::vector<double> excerpt_a = mono_excerpt(reader_a, from, window_frames);
    const std::vector<double> excerpt_b = mono_excerpt(reader_b, from - max_offset, window_frames + 2 * max_offset);
    const std::size_t size = power_of_two_at_least(excerpt_b.size() + excerpt_a.size());
    const RealFft<double> fft(size);
    AlignedVector<double> x(size), y(size);
    std::copy(excerpt_a.begin(), excerpt_a.end(), x.begin());
    std::copy(excerpt_b.begin(), excerpt_b.end(), y.begin());
    AlignedVector<std::complex<double>> fx(size / 2 + 1), fy(size / 2 + 1);
    fft.forward(x.data(), fx.data());
    fft.forward(y.data(), fy.data());
    for (std::size_t k = 0; k < fx.size(); ++k) fy[k] *= std::conj(fx[k]);
    fft.inverse(fy.data(), y.data());
    // y[lag] is A's excerpt against B's from `lag` on; equal ones go to the smallest offset.
    std::size_t best = static_cast<std::size_t>(max_offset);
    for (std::size_t lag = 0; lag <= static_cast<std::size_t>(2 * max_offset); ++lag)
        if (y[lag] > y[best] * (1 + 1e-12)) best = lag;
    return static_cast<Frames>(best) - max_offset;
}

}  // namespace lathe
