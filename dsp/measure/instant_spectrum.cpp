// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/instant_spectrum.h"

#include <algorithm>
#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/fft/fft.h"

namespace lathe {
namespace {

constexpr double floor_db = -160;

/// The power of a window's bins as the levels of a grid.
Spectrum on_grid(const std::vector<float>& power, double bin_hz, double rate) {
    const double bandwidth = noise_bandwidth_bins(SpectrumWindow::hann);
    std::vector<double> below{0.0};  // of bin k: the power of all bins before it
    for (const float p : power) below.push_back(below.back() + static_cast<double>(p));
    const auto power_below = [&](double bins) {  // a bin reaches half of one to both sides
        const double at = std::clamp(bins + 0.5, 0.0, static_cast<double>(power.size()));
        const auto k = std::min(static_cast<std::size_t>(at), power.size() - 1);
        return below[k] + (at - static_cast<double>(k)) * static_cast<double>(power[k]);
    };
    const auto between_bins = [&](double at) {
        const auto k = std::min(static_cast<std::size_t>(at), power.size() - 2);
        const double low = db_from_power(static_cast<double>(power[k]) + 1e-30),
                     high = db_from_power(static_cast<double>(power[k + 1]) + 1e-30);
        return power_from_db(std::lerp(low, high, at - static_cast<double>(k)));
    };
    const LogGrid grid = spectrum_grid(rate);
    Spectrum s;
    for (int i = 0; i < grid.count; ++i) {
        const double hz = grid.hz(i), at = hz / bin_hz, wide = spectrum_resolution_hz(hz, rate) / bin_hz;
        const double level = wide <= bandwidth ? between_bins(at)
                                               : (power_below(at + wide / 2) - power_below(at - wide / 2)) / bandwidth;
        s.hz.push_back(hz);
        s.noise_hz.push_back(std::max(wide, bandwidth) * bin_hz);
        s.average_db.push_back(std::max(floor_db, db_from_power(level + 1e-30)));
    }
    s.frames = 1;
    return s;
}

}  // namespace

Frames instant_frames(double rate) {
    return static_cast<Frames>(power_of_two_at_least(static_cast<std::size_t>(rate / 3)));
}

Instant instant_at(AudioView<const float> audio, double rate) {
    const auto size = static_cast<std::size_t>(instant_frames(rate));
    const double bin_hz = rate / static_cast<double>(size);
    const PowerSpectrum transform(size);
    PowerSpectrum::Scratch scratch;
    std::vector<float> power(transform.bins());
    transform.sum_of_channels(audio, scratch, power);
    Instant found;
    const auto part = [&](SpectrumPart p) -> Spectrum& { return found.spectra[static_cast<std::size_t>(p)]; };
    part(SpectrumPart::sum) = on_grid(power, bin_hz, rate);
    if (audio.channels == 1)
        part(SpectrumPart::left) = part(SpectrumPart::right) = part(SpectrumPart::mid) = part(SpectrumPart::sum);
    if (audio.channels != 2) return found;
    StereoSpectrum stereo(transform.bins());
    stereo.add(scratch);
    for (const auto& [p, channel] : {std::pair{SpectrumPart::left, Channel::left},
                                     {SpectrumPart::right, Channel::right},
                                     {SpectrumPart::mid, Channel::mid},
                                     {SpectrumPart::side, Channel::side}}) {
        stereo.power(channel, power);
        part(p) = on_grid(power, bin_hz, rate);
    }
    found.stereo = stereo_bands(stereo, transform.bins(), bin_hz);
    return found;
}

}  // namespace lathe
