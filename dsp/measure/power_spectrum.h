// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <span>

#include "dsp/core/audio.h"
#include "dsp/fft/fft.h"
#include "dsp/measure/window.h"

namespace lathe {

/// Spectra of audio through a window, two channels to a transform.
class PowerSpectrum {
public:
    struct Scratch {
        AlignedVector<std::complex<float>> time, bins;
        AlignedVector<float> norms;
    };
    /// size: of the window; padding: the transform is that many times as long, filled up with zeros.
    explicit PowerSpectrum(std::size_t size, SpectrumWindow window = SpectrumWindow::hann, std::size_t padding = 1);
    std::size_t bins() const { return fft_.size() / 2 + 1; }

    /// audio: [any][size]. power: the sum of all channels in bins `first` and up, as many as it holds; a sine of full
    /// scale in one channel reads 1 in its bin.
    void sum_of_channels(AudioView<const float> audio, Scratch& scratch, std::span<float> power,
                         std::size_t first = 0) const;

private:
    ComplexFft<float> fft_;
    AlignedVector<float> window_;
};

/// 10 log10 of each, within 0.001 dB; what is below the least power counts as that.
void to_decibels(std::span<const float> power, std::span<float> db, float least = 1e-14f);

}  // namespace lathe
