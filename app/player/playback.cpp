// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/playback.h"

namespace lathe {

Playback::Playback(double rate)
    : rate_(rate),
      fade_(fade_frames(rate)),
      enough_(3 * fade_),
      streams_{Stream(rate), Stream(rate), Stream(rate), Stream(rate), Stream(rate)},
      marks_(rate),
      faded_(fade_) {
    streams_[0].begin({});
    current_.stream = &streams_[0];
}

void Playback::offer(Stream* stream) {
    if (Stream* const passed_over = offered_.exchange(stream, std::memory_order_acq_rel)) passed_over->release();
}

Stream* Playback::free_stream() {
    const auto found = std::find_if(streams_.begin(), streams_.end(), [](const Stream& s) { return s.is_free(); });
    assert(found != streams_.end());
    return &*found;
}

void Playback::forget_free_streams() {
    for (Stream& stream : streams_)
        if (stream.is_free()) stream.forget();
}

void Playback::render(AudioView<float> out, double heard_at) noexcept {
    for (Frames at = 0; at < out.frames;) {
        if (faded_ == fade_) take_changes();
        const Frames count = piece_length(out.frames - at);
        const bool fading = faded_ < fade_;
        const Frames moved = moves() ? count : 0;
        const Route& route = current_.stream->route();
        const Frames now = current_.stream->now();
        marks_.add(heard_at + static_cast<double>(at) / rate_, route.position(now), moved, route.position(now + moved));
        render_voice(current_, count, piece_);
        if (fading) mix_fade(count);
        for (int side = 0; side < 2; ++side)
            std::transform(piece_[static_cast<std::size_t>(side)].begin(),
                           piece_[static_cast<std::size_t>(side)].begin() + count, out.channel(side) + at,
                           [](double x) { return static_cast<float>(x); });
        advance(count);
        at += count;
    }
}

void Playback::take_changes() {
    if (Stream* const offered = offered_.exchange(nullptr, std::memory_order_acq_rel)) {
        if (next_) next_->release();
        next_ = offered;
    }
    order_ = orders_.read();  // after the stream: no older than it
    const Voice next = wanted();
    if (!next.same(current_)) change_to(next);
}

bool Playback::wants_sound(const Stream& stream, Frames time) const {
    const Route& route = stream.route();
    if (order_.playing && order_.play != ended()) {
        if (route.id == order_.stream) return true;
        return current_.sounding && (route.line == order_.line || overdue_ < 4 * fade_);  // until what is ordered comes
    }
    return time < route.begin + route.grain - fade_;
}

bool Playback::at_end(const Voice& voice) const {
    const Stream::Plan& plan = voice.stream->plan();
    Frames end = 0;
    for (std::size_t slot = 0; slot < slot_count; ++slot)
        if (voice.mix.heard[slot]) end = std::max(end, plan.ends[slot]);
    return !plan.route.loops() && plan.route.position(voice.place) >= end;
}

Playback::Voice Playback::wanted() {
    Voice voice = current_;
    voice.place = current_.stream->now();
    bool wants = wants_sound(*current_.stream, voice.place);
    if (next_) {
        const bool same_line = next_->route().line == current_.stream->route().line;
        const Frames place = same_line ? std::max(voice.place, next_->route().begin) : next_->route().begin;
        const bool next_wants = wants_sound(*next_, place);
        const Mix& mix = next_->route().id == order_.stream ? order_.mix : next_->plan().mix;
        if (!next_wants || next_->ready(mix, place) >= enough_) {
            voice.stream = next_;
            voice.mix = mix;
            voice.place = place;
            wants = next_wants;
        }
    }
    const Route& route = voice.stream->route();
    if (route.id == order_.stream) voice.mix = order_.mix;
    if (wants && order_.playing && route.id == order_.stream && at_end(voice)) {
        ended_.store(order_.play, std::memory_order_release);
        wants = false;
    }
    const bool goes_on = current_.sounding && voice.stream == current_.stream && voice.mix.heard == current_.mix.heard;
    voice.sounding = wants && voice.stream->ready(voice.mix, voice.place) >= (goes_on ? fade_ + 1 : enough_);
    if (current_.sounding && !voice.sounding && order_.playing && order_.play != ended())
        underruns_.fetch_add(1, std::memory_order_relaxed);
    return voice;
}

void Playback::change_to(const Voice& next) {
    const bool silent = !current_.sounding && !next.sounding;
    leaving_ = current_;
    current_ = next;
    if (current_.stream != leaving_.stream) current_.stream->advance_to(current_.place);
    if (current_.mix.solo != leaving_.mix.solo || !leaving_.sounding) current_.solo = {};
    if (current_.stream == next_) next_ = nullptr;
    faded_ = 0;
    if (silent) {
        faded_ = fade_;
        if (leaving_.stream != current_.stream) leaving_.stream->release();
    }
}

Frames Playback::piece_length(Frames most) const {
    const Stream& stream = *current_.stream;
    Frames count = std::min({most, piece_frames, stream.route().until_jump(stream.now())});
    if (faded_ < fade_) return std::min(count, fade_ - faded_);
    if (!current_.sounding) return count;
    return std::min(count, stream.ready(current_.mix, stream.now()) - fade_);
}

void Playback::render_voice(Voice& voice, Frames count, Piece& piece) {
    auto& [left, right] = piece;
    std::fill_n(left.begin(), count, 0.0);
    std::fill_n(right.begin(), count, 0.0);
    if (!voice.sounding) return;
    const Frames now = voice.stream->now();
    for (int slot = 0; slot < slot_count; ++slot) {
        if (!voice.mix.heard[static_cast<std::size_t>(slot)]) continue;
        const Mix::Matrix& m = voice.mix.matrices[static_cast<std::size_t>(slot)];
        for (Frames n = 0; n < count; ++n) {
            const double l = voice.stream->sample(slot, 0, now + n), r = voice.stream->sample(slot, 1, now + n);
            left[static_cast<std::size_t>(n)] += m.ll * l + m.lr * r;
            right[static_cast<std::size_t>(n)] += m.rl * l + m.rr * r;
        }
    }
    if (!voice.mix.solo) return;
    for (std::size_t side = 0; side < 2; ++side) {
        for (Frames n = 0; n < count; ++n) {
            double& x = piece[side][static_cast<std::size_t>(n)];
            x = voice.solo[side].step(*voice.mix.solo, x);
        }
        voice.solo[side].settle();
    }
}

void Playback::mix_fade(Frames count) {
    render_voice(leaving_, count, leaving_piece_);
    for (Frames n = 0; n < count; ++n) {
        const double in = fade_weight(faded_ + n, fade_);
        for (std::size_t side = 0; side < 2; ++side) {
            double& x = piece_[side][static_cast<std::size_t>(n)];
            x = in * x + (1 - in) * leaving_piece_[side][static_cast<std::size_t>(n)];
        }
    }
}

bool Playback::moves() const {
    const bool leaving_moves_it = faded_ < fade_ && leaving_.sounding && leaving_.stream == current_.stream;
    return current_.sounding || leaving_moves_it;
}

void Playback::advance(Frames count) {
    const bool fading = faded_ < fade_, shared = leaving_.stream == current_.stream;
    if (moves()) current_.stream->advance_to(current_.stream->now() + count);
    if (fading && !shared && leaving_.sounding) leaving_.stream->advance_to(leaving_.stream->now() + count);
    if (fading) {
        faded_ += count;
        if (faded_ == fade_ && !shared) leaving_.stream->release();
    }
    overdue_ = current_.stream->route().line == order_.line ? 0 : overdue_ + count;
}

}  // namespace lathe
