// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/live_sound.h"

#include <fmt/format.h>

#include <cmath>
#include <mutex>

#include "app/studio/model/signals.h"

namespace lathe {

/// A sound that is read again and again, opened by the first who does.
struct LiveSound::Opened {
    Sound sound;
    std::mutex mutex;
    std::shared_ptr<const Signal> signal;

    const Signal& open() {
        const std::lock_guard lock(mutex);
        if (!signal && sound.audio) signal = std::make_shared<KeptSignal>(sound.audio, sound.rate);
        if (!signal) signal = std::make_shared<FileSignal>(sound.path, 0);
        return *signal;
    }
};

void LiveSound::take_pending() {
    if (pending_.empty()) return;
    const auto found = analyses_.value<LivePiece>(pending_, make_pending_);
    if (!found && analyses_.why_none(pending_).empty()) return;
    piece_ = found;
    key_ = pending_;
    analyses_.forget(pending_);
    pending_.clear();
}

std::shared_ptr<const LivePiece> LiveSound::at(const Sound& sound, const TimePoint& start, double seconds) {
    constexpr double step_s = 0.01;
    if (!sound) return nullptr;
    const std::string sound_key = sound.key();
    if (sound_key != sound_key_) {
        sound_key_ = sound_key;
        opened_ = std::make_shared<Opened>();
        opened_->sound = sound;
        pending_.clear();
    }
    take_pending();
    const auto step = std::llround(seconds / step_s);
    const std::string key =
        fmt::format("moment {} {} {} {}", step, to_text(start), static_cast<const void*>(this), sound_key);
    if (key == key_ || !pending_.empty()) return piece_;
    pending_ = key;
    make_pending_ = [opened = opened_, start, step](const Cancel&) {
        const Signal& signal = opened->open();
        auto piece = std::make_shared<LivePiece>();
        piece->rate = signal.rate();
        piece->audio = AudioBuffer<float>(signal.channels(), instant_frames(piece->rate));
        const auto middle = std::llround(static_cast<double>(step) * step_s * piece->rate);
        signal.read(start.frame_at(piece->rate) + middle - piece->audio.frames() / 2, piece->audio.view());
        piece->instant = instant_at(std::as_const(piece->audio).view(), piece->rate);
        return std::shared_ptr<const LivePiece>(std::move(piece));
    };
    analyses_.value<LivePiece>(pending_, make_pending_);
    return piece_;
}

}  // namespace lathe
