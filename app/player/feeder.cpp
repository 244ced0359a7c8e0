// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/player/feeder.h"

#include <bit>

#include "dsp/core/error.h"

namespace lathe {

Feeder::Feeder(Playback& playback, double rate)
    : playback_(playback),
      rate_(rate),
      chunk_(static_cast<Frames>(std::bit_ceil(static_cast<std::size_t>(4 * fade_frames(rate))))),
      newest_(playback.first_stream()),
      pair_(2, chunk_),
      thread_([this] { run(); }) {}

Feeder::~Feeder() {
    {
        const std::lock_guard lock(mutex_);
        quit_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Feeder::want(const Request& request) {
    {
        const std::lock_guard lock(mutex_);
        wanted_ = request;
    }
    wake_.notify_all();
}

void Feeder::use(std::unique_ptr<AudioOutput> output) {
    {
        const std::lock_guard lock(mutex_);
        wanted_output_ = std::move(output);
    }
    wake_.notify_all();
}

std::string Feeder::message() const {
    const std::lock_guard lock(mutex_);
    return output_trouble_.empty() ? signal_trouble_ : output_trouble_;
}

std::string Feeder::output_name() const {
    const std::lock_guard lock(mutex_);
    return output_name_;
}

double Feeder::latency() const {
    const std::lock_guard lock(mutex_);
    return latency_;
}

Frames Feeder::ahead() const {
    const std::lock_guard lock(mutex_);
    const bool answered = offered_ && newest_->route().id == wanted_.id;
    return answered ? std::max<Frames>(0, newest_->ready(wanted_.mix, newest_->now())) : 0;
}

void Feeder::run() {
    constexpr auto nap = std::chrono::milliseconds(10);
    bool more = true;
    for (;;) {
        bool other_stream = false;
        {
            std::unique_lock lock(mutex_);
            const auto called = [&] { return quit_ || wanted_output_ || wanted_.id != request_.id; };
            if (!more) wake_.wait_for(lock, nap, called);
            if (quit_) break;
            other_stream = wanted_.id != request_.id;
            request_ = wanted_;
        }
        switch_output();
        watch_output();
        playback_.forget_free_streams();
        if (other_stream) begin_stream();
        more = read_more();
    }
    if (output_) output_->stop();
    silence_.stop();
}

void Feeder::begin_stream() {
    const Route& before = newest_->route();
    Stream::Plan plan;
    plan.route = {request_.id, request_.line, 0, request_.place, request_.loop, request_.grain};
    if (request_.line == before.line) {
        plan.route.begin = newest_->now();
        plan.route.start = before.position(plan.route.begin);
    }
    plan.mix = request_.mix;
    plan.signals = request_.signals;
    for (std::size_t slot = 0; slot < slot_count; ++slot)
        if (plan.signals[slot]) plan.ends[slot] = plan.signals[slot]->frames();

    const std::lock_guard lock(mutex_);
    if (!offered_) newest_->release();
    newest_ = playback_.free_stream();
    newest_->begin(std::move(plan));
    offered_ = false;
    signal_trouble_.clear();
}

bool Feeder::read_more() {
    int neediest = -1;
    Frames least = newest_->capacity();
    for (int slot = 0; slot < slot_count; ++slot) {
        const Frames room = newest_->room(slot);
        if (room < chunk_) continue;
        const bool heard = request_.mix.heard[static_cast<std::size_t>(slot)];
        const Frames held = newest_->capacity() - room + (heard ? 0 : newest_->capacity() / 2);  // what is heard first
        if (neediest >= 0 && held >= least) continue;
        neediest = slot;
        least = held;
    }
    if (neediest >= 0) read(neediest, chunk_);
    if (!offered_ && newest_->ready(request_.mix, newest_->route().begin) >= chunk_) {
        const std::lock_guard lock(mutex_);
        offered_ = true;
        playback_.offer(newest_);
    }
    return neediest >= 0;
}

void Feeder::read(int slot, Frames count) {
    const Frames time = newest_->next(slot);
    const AudioView<float> pair = pair_.view().slice(0, count);
    for (int side = 0; side < 2; ++side) std::fill_n(pair.channel(side), count, 0.0f);
    if (const auto& signal = newest_->plan().signals[static_cast<std::size_t>(slot)]) {
        if (raw_.channels() != signal->channels()) {
            raw_ = AudioBuffer<float>(signal->channels(), chunk_);
            scratch_ = AudioBuffer<float>(signal->channels(), fade_frames(rate_));
        }
        try {
            read_route(*signal, newest_->route(), time, raw_.view().slice(0, count), scratch_.view());
            copy_audio<float>(raw_.view().only(0).slice(0, count), pair.only(0));
            copy_audio<float>(raw_.view().only(std::min(1, raw_.channels() - 1)).slice(0, count), pair.only(1));
        } catch (const std::exception& error) {
            const std::lock_guard lock(mutex_);
            signal_trouble_ = error.what();
        }
    }
    newest_->append(slot, time, pair);
}

void Feeder::switch_output() {
    std::unique_ptr<AudioOutput> next;
    {
        const std::lock_guard lock(mutex_);
        next = std::move(wanted_output_);
    }
    if (!next) return;
    if (output_) output_->stop();
    silence_.stop();
    output_ = std::move(next);
    try {
        output_->start(rate_, [this](AudioView<float> block, double heard_at) { playback_.render(block, heard_at); });
        const std::lock_guard lock(mutex_);
        output_trouble_.clear();
        output_name_ = output_->name();
        latency_ = output_->latency();
    } catch (const std::exception& error) {
        fall_silent(error.what());
    }
}

void Feeder::watch_output() {
    if (!output_) return;
    if (const std::string failure = output_->failure(); !failure.empty()) fall_silent(failure);
}

void Feeder::fall_silent(const std::string& why) {
    output_->stop();
    output_.reset();
    silence_.start(rate_, [this](AudioView<float> block, double heard_at) { playback_.render(block, heard_at); });
    const std::lock_guard lock(mutex_);
    output_trouble_ = why;
    output_name_ = silence_.name();
    latency_ = 0;
}

}  // namespace lathe
