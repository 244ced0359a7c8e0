// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/stream_stage.h"

/// Signals and residuals that tests share. Everything is computed in double and rounded once.
namespace lathe::test {

/// The same sine on every channel: amplitude · sin(2π hz n / rate + phase).
AudioBuffer<double> sine(double hz, double amplitude, double rate, Frames frames, int channels = 1, double phase = 0);
/// Gaussian white noise of the given RMS, another one on every channel, the same on every run.
AudioBuffer<double> noise(double rms, Frames frames, int channels = 1, unsigned seed = 1);
/// Noise falling 3 dB per octave, like music on the whole.
AudioBuffer<double> pink_noise(double rms, Frames frames, int channels = 1, unsigned seed = 1);

template <class To, class From>
AudioBuffer<To> as(const AudioBuffer<From>& audio) {
    AudioBuffer<To> out(audio.channels(), audio.frames());
    copy_audio<To>(audio.view(), out.view());
    return out;
}

/// 20 log10 of the RMS of all samples; NaN stays NaN, and fails every comparison.
double rms_db(AudioView<const double> audio);
/// RMS of (a − b), absolute (dBFS) or relative to a.
double residual_dbfs(const AudioBuffer<double>& a, const AudioBuffer<double>& b);
double residual_db(const AudioBuffer<double>& reference, const AudioBuffer<double>& b);

/// Runs a stage over audio, pushed `cut` frames at a time (the last piece is shorter; 0: all at once).
template <class Sample>
AudioBuffer<Sample> run_stage(StreamStage<Sample>& stage, const AudioBuffer<Sample>& audio, Frames cut = 0) {
    AudioQueue<Sample> out(stage.channels_out());
    const Frames step = cut > 0 ? cut : audio.frames();
    for (Frames n = 0; n < audio.frames(); n += step)
        stage.push(audio.view().slice(n, std::min(step, audio.frames() - n)), out);
    stage.finish(out);
    AudioBuffer<Sample> result(out.channels(), out.frames());
    copy_audio<Sample>(out.view(), result.view());
    return result;
}

}  // namespace lathe::test
