// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/delivery_stream.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

/// The ceiling for samples that are yet to be quantised: what dither and rounding may add is kept free.
double ceiling_before_quantising(const StreamFormat& format) {
    if (!is_integer(format.write.format)) return *format.ceiling_dbtp;
    const double step = std::ldexp(1.0, 1 - bits_of(format.write.format));
    const double reserve = step * dither_peak_lsb(format.dither, format.write.sample_rate);
    return db_from_gain(std::max(gain_from_db(*format.ceiling_dbtp) - reserve, step));
}

}  // namespace

template <class Sample>
DeliveryStream<Sample>::DeliveryStream(const StreamFormat& format, PcmOutput* output, bool measure_peak)
    : format_(format),
      output_(output),
      resampled_(format.write.channels),
      laid_(format.write.channels),
      held_(format.write.channels) {
    const int channels = format.write.channels;
    const double rate = format.write.sample_rate;
    if (format.ceiling_dbtp)
        ceiling_ = std::make_unique<CeilingStage<Sample>>(ceiling_before_quantising(format), rate, channels, workers_);
    if (is_integer(format.write.format))
        quantiser_.emplace(bits_of(format.write.format), format.dither, rate, format.seed, channels);
    if (measure_peak) peak_ = std::make_unique<TruePeakMeter<Sample>>(channels, workers_);
}

template <class Sample>
DeliveryStream<Sample>::~DeliveryStream() = default;

template <class Sample>
void DeliveryStream<Sample>::begin(double rate, int channels, Frames at, std::optional<Frames> next_at) {
    at_ = at;
    next_at_ = next_at;
    channels_in_ = channels;
    resampler_.reset();
    if (rate != format_.write.sample_rate)
        resampler_ =
            std::make_unique<Resampler<Sample>>(format_.write.channels, rate, format_.write.sample_rate, workers_);
}

template <class Sample>
void DeliveryStream<Sample>::write(AudioView<const Sample> audio) {
    const double start = steady_seconds();
    AudioQueue<Sample> wide(format_.write.channels);
    if (channels_in_ != format_.write.channels) {  // mono in a stereo file: the same on both sides
        const AudioView<Sample> room = wide.extend(audio.frames);
        for (int c = 0; c < room.channels; ++c) copy_audio(audio.only(0), room.only(c));
        audio = std::as_const(wide).view();
    }
    if (resampler_) {
        resampler_->push(audio, resampled_);
        lay_resampled();
    } else {
        lay(audio);
    }
    busy_s_ += steady_seconds() - start;
}

template <class Sample>
void DeliveryStream<Sample>::end() {
    const double start = steady_seconds();
    if (resampler_) resampler_->finish(resampled_);
    lay_resampled();
    busy_s_ += steady_seconds() - start;
}

template <class Sample>
void DeliveryStream<Sample>::lay_resampled() {
    lay(std::as_const(resampled_).view());
    resampled_.drop(resampled_.frames());
}

/// Adds a programme's frames to those that its predecessor left in the overlap, and hands on what is now decided.
template <class Sample>
void DeliveryStream<Sample>::lay(AudioView<const Sample> audio) {
    const Frames overlap = std::clamp<Frames>(laid_from_ + laid_.frames() - at_, 0, audio.frames);
    for (int c = 0; c < laid_.channels() && overlap > 0; ++c) {
        const Sample* const from = audio.channel(c);
        Sample* const to = laid_.view().channel(c) + (at_ - laid_from_);
        for (Frames n = 0; n < overlap; ++n) to[n] += from[n];
    }
    at_ += audio.frames;
    const Frames decided = next_at_ ? std::min(at_, *next_at_) : at_;
    if (laid_.empty()) {  // nothing to keep in between
        const Frames direct = std::clamp<Frames>(decided - laid_from_, 0, audio.frames);
        hand_on(audio.slice(0, direct));
        laid_from_ += direct;
        laid_.append(audio.slice(direct, audio.frames - direct));
        return;
    }
    laid_.append(audio.slice(overlap, audio.frames - overlap));
    release(decided);
}

template <class Sample>
void DeliveryStream<Sample>::release(Frames up_to) {
    const Frames frames = up_to - laid_from_;
    if (frames <= 0) return;
    hand_on(std::as_const(laid_).view().slice(0, frames));
    laid_.drop(frames);
    laid_from_ = up_to;
}

template <class Sample>
void DeliveryStream<Sample>::hand_on(AudioView<const Sample> audio) {
    if (ceiling_) {
        ceiling_->push(audio, held_);
        emit(std::as_const(held_).view());
        held_.drop(held_.frames());
    } else {
        emit(audio);
    }
}

template <class Sample>
void DeliveryStream<Sample>::finish() {
    const double start = steady_seconds();
    release(laid_from_ + laid_.frames());
    if (ceiling_) {
        ceiling_->finish(held_);
        emit(std::as_const(held_).view());
        held_.drop(held_.frames());
    }
    if (peak_) peak_->finish();
    busy_s_ += steady_seconds() - start;
}

template <class Sample>
void DeliveryStream<Sample>::emit(AudioView<const Sample> audio) {
    if (audio.frames == 0) return;
    if (peak_) peak_->push(audio);
    if (output_) {
        const auto samples = static_cast<std::size_t>(audio.frames * audio.channels);
        if (quantiser_) {
            integers_.resize(samples);
            quantiser_->quantise(audio, emitted_, integers_.data());
            output_->write({integers_.data(), nullptr, audio.frames, audio.channels});
        } else {
            floats_.resize(samples);
            for (int c = 0; c < audio.channels; ++c)
                for (Frames n = 0; n < audio.frames; ++n)
                    floats_[static_cast<std::size_t>(n * audio.channels + c)] = static_cast<float>(audio.channel(c)[n]);
            output_->write({nullptr, floats_.data(), audio.frames, audio.channels});
        }
    }
    emitted_ += audio.frames;
}

template <class Sample>
double DeliveryStream<Sample>::ceiling_repair_db() const {
    return ceiling_ ? -ceiling_->max_reduction_db() : 0;
}

template <class Sample>
std::optional<double> DeliveryStream<Sample>::true_peak_dbtp() const {
    if (!peak_ || peak_->true_peak().value <= 0) return {};
    return db_from_gain(peak_->true_peak().value);
}

template class DeliveryStream<float>;
template class DeliveryStream<double>;

}  // namespace lathe
