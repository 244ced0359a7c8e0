// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/gain_stage.h"

#include <algorithm>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

/// Calls part(from, to) for the frames [from, to) of [0, frames) that lie in [first, last), in the caller's own count.
template <class Part>
void within(Frames first, Frames last, Frames at, Frames frames, Part part) {
    const Frames from = std::max<Frames>(0, first - at), to = std::min(frames, last - at);
    if (from < to) part(from, to);
}

template <class Sample, class GainAt>
void multiply_by(AudioView<const Sample> in, AudioView<Sample> out, Frames from, Frames to, GainAt gain_at) {
    for (int c = 0; c < in.channels; ++c) {
        const Sample* const x = in.channel(c);
        Sample* const y = out.channel(c);
        for (Frames n = from; n < to; ++n) y[n] = static_cast<Sample>(x[n] * gain_at(n));
    }
}

}  // namespace

template <class Sample>
GainStage<Sample>::GainStage(GainSpec spec, double rate, int channels, StageWitness* witness)
    : steps_(std::move(spec.steps)),
      ramp_(static_cast<Frames>(gain_ramp_s * rate) / 2 * 2),
      channels_(channels),
      proof_(witness) {}

template <class Sample>
void GainStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    push_proven(proof_, *this, in, out, [&] { multiply(in, out); });
}

template <class Sample>
void GainStage<Sample>::multiply(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    const AudioView<Sample> audio = out.extend(in.frames);
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const bool last = i + 1 == steps_.size();
        const Frames begin = i == 0 ? 0 : steps_[i].from + ramp_ / 2;
        const Frames end = last ? at_ + in.frames : steps_[i + 1].from - ramp_ / 2;
        const double gain_db = steps_[i].gain_db;
        within(begin, end, at_, in.frames, [&](Frames from, Frames to) {
            const Sample gain = static_cast<Sample>(gain_from_db(gain_db));  // of 0 dB: exactly 1
            multiply_by(in, audio, from, to, [gain](Frames) { return gain; });
        });
        if (!last)
            within(end, end + ramp_, at_, in.frames, [&](Frames from, Frames to) {
                const double slope = (steps_[i + 1].gain_db - gain_db) / static_cast<double>(ramp_);
                multiply_by(in, audio, from, to, [&](Frames n) {
                    return gain_from_db(gain_db + slope * static_cast<double>(at_ + n - end));
                });
            });
    }
    at_ += in.frames;
}

template <class Sample>
FadeStage<Sample>::FadeStage(FadeSpec spec, int channels, StageWitness* witness)
    : fades_(std::move(spec.fades)), channels_(channels), proof_(witness) {}

template <class Sample>
void FadeStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    push_proven(proof_, *this, in, out, [&] { fade(in, out); });
}

template <class Sample>
void FadeStage<Sample>::fade(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    const AudioView<Sample> audio = out.extend(in.frames);
    copy_audio(in, audio);
    for (const Fade& fade : fades_) apply_fade(fade, audio, at_);
    at_ += in.frames;
}

template class GainStage<float>;
template class GainStage<double>;
template class FadeStage<float>;
template class FadeStage<double>;

}  // namespace lathe
