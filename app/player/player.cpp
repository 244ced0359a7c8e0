// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/player.h"

#include <fmt/format.h>

#include "dsp/core/error.h"

namespace lathe {

Player::Player(double rate, std::unique_ptr<AudioOutput> output)
    : rate_(rate), playback_(rate), feeder_(playback_, rate) {
    use(std::move(output));
    listen({});
}

void Player::listen(const Listening& listening) {
    for (const HeardSignal& heard : listening.signals) {
        if (!heard.signal) continue;
        if (heard.signal->rate() != rate_)
            throw BadSetting(
                fmt::format("a signal of {} Hz cannot be played at {} Hz; convert it", heard.signal->rate(), rate_));
        if (heard.signal->channels() < 1 || heard.signal->channels() > 16)
            throw BadSetting(
                fmt::format("a signal of {} channels cannot be played; 1 to 16 can", heard.signal->channels()));
    }
    const std::lock_guard lock(mutex_);
    bool other_signal = false;
    for (std::size_t slot = 0; slot < slot_count; ++slot) {
        other_signal |= request_.signals[slot] != listening.signals[slot].signal;
        request_.signals[slot] = listening.signals[slot].signal;
    }
    listening_ = listening;
    orders_.mix = request_.mix = mix_of(listening, rate_);
    request_.grain = 0;
    send(other_signal);
}

Listening Player::listening() const {
    const std::lock_guard lock(mutex_);
    return listening_;
}

void Player::play() {
    const std::lock_guard lock(mutex_);
    if (is_playing()) return;
    orders_.playing = true;
    ++orders_.play;
    if (put_)
        go_to(*put_, 0);
    else
        send(false);
    put_.reset();
}

void Player::pause() {
    const std::lock_guard lock(mutex_);
    orders_.playing = false;
    send(false);
}

bool Player::playing() const {
    const std::lock_guard lock(mutex_);
    return is_playing();
}

void Player::seek(Frames place) {
    const std::lock_guard lock(mutex_);
    if (!is_playing()) put_ = place;
    go_to(place, 0);
}

void Player::scrub(Frames place) {
    const std::lock_guard lock(mutex_);
    const bool still = !is_playing();
    if (still) put_ = place;
    go_to(place, still ? 16 * fade_frames(rate_) : 0);
}

void Player::set_loop(Frames from, Frames to) {
    const std::lock_guard lock(mutex_);
    request_.loop = {from, std::max(to, from + 4 * fade_frames(rate_))};
    request_.grain = 0;
    send(true);
}

void Player::clear_loop() {
    const std::lock_guard lock(mutex_);
    request_.loop = {};
    request_.grain = 0;
    send(true);
}

Frames Player::position(double seconds) const {
    const std::lock_guard lock(mutex_);
    return put_ && !is_playing() ? *put_ : playback_.position(seconds);
}

void Player::go_to(Frames place, Frames grain) {
    request_.place = place;
    request_.grain = grain;
    orders_.line = ++request_.line;
    send(true);
}

void Player::send(bool another_stream) {
    if (another_stream) orders_.stream = ++request_.id;
    playback_.order(orders_);  // before the stream that is meant for them
    feeder_.want(request_);
}

}  // namespace lathe
