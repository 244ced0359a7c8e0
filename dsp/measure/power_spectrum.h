// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <span>

#include "dsp/core/audio.h"
#include "dsp/fft/fft.h"

namespace lathe {

/// Spectra of audio through a Hann window, two channels to a transform.
class PowerSpectrum {
public:
    struct Scratch {
        AlignedVector<std::complex<float>> time, bins;
    };
    explicit PowerSpectrum(std::size_t size);
    std::size_t size() const { return fft_.size(); }

    /// audio: [any][size]. power: size / 2 + 1 bins, the sum of all channels; a sine of full scale in one channel
    /// reads 1 in its bin.
    void sum_of_channels(AudioView<const float> audio, Scratch& scratch, std::span<float> power) const;

private:
    ComplexFft<float> fft_;
    AlignedVector<float> window_;
};

/// 10 log10 of each, at least −140 dB, within 0.001 dB.
void to_decibels(std::span<const float> power, std::span<float> db);

}  // namespace lathe
