// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/workers.h"
#include "dsp/measure/log_grid.h"
#include "dsp/measure/spectrum_part.h"
#include "dsp/measure/window.h"

namespace lathe {

struct SpectrumSettings {
    int size = 0;  ///< points of the window, 2^10 to 2^18; 0: many resolutions, fine at both ends
    SpectrumWindow window = SpectrumWindow::hann;
    SpectrumPart part = SpectrumPart::sum;
};

/// A programme's spectrum over its whole time. Levels in dB: a sine of full scale reads 0. Noise reads the power within
/// the resolution: less 10 log10(noise_hz) it is dB/√Hz.
struct Spectrum {
    std::vector<double> hz;
    std::vector<double> average_db, peak_db;     ///< of the power; its largest in any frame
    std::vector<double> p10_db, p50_db, p90_db;  ///< levels that 10, 50 and 90 % of the frames do not pass
    std::vector<double> noise_hz;                ///< noise bandwidth at each point
    int frames = 0;                              ///< of the longest window that were looked at
};

/// The points of a spectrum of many resolutions: 48 to the octave from 10 Hz to half the rate.
LogGrid spectrum_grid(double rate);
/// The noise bandwidth that such a spectrum has at a frequency.
double spectrum_resolution_hz(double hz, double rate);

/// Measures a spectrum: frames half a window apart (silence fills up a programme shorter than one). Of many resolutions
/// every frequency has a window of about 40 of its periods, between two powers of two in size; it is read between them.
/// At 30 Hz that is a bin of 0.7 Hz, at 10 kHz a window of 4 ms. The same bits however the programme is cut.
class SpectrumMeter {
public:
    /// Throws BadSetting for a part that the channels do not have, or a size that is no such power of two.
    SpectrumMeter(const SpectrumSettings& settings, int channels, double rate, Workers& workers);
    ~SpectrumMeter();
    void push(AudioView<const float> audio);
    Spectrum finish();

private:
    struct Resolution;
    void take_frames();
    Spectrum of_bins() const;
    Spectrum of_grid() const;

    SpectrumSettings settings_;
    double rate_;
    Workers& workers_;
    std::vector<std::unique_ptr<Resolution>> resolutions_;  // shortest first
    AudioQueue<float> queue_;
    Frames from_ = 0;
};

}  // namespace lathe
