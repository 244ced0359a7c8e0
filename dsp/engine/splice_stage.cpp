// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/splice_stage.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lathe {

template <class Sample>
SpliceStage<Sample>::SpliceStage(const std::vector<SpliceSpec::Stretch>& stretches, Build build, double rate,
                                 int channels_in, int channels_out, Gains gains)
    : build_(std::move(build)),
      gains_of_(std::move(gains)),
      rate_(rate),
      fade_(static_cast<Frames>(gain_ramp_s * rate) / 2 * 2),
      channels_in_(channels_in),
      channels_out_(channels_out) {
    const Frames preroll = static_cast<Frames>(splice_preroll_s * rate);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const bool first = i == 0, last = i + 1 == stretches.size();
        Stretch s{};
        s.plan = stretches[i].plan;
        s.from = first ? -endless : stretches[i].from;
        s.to = last ? endless : stretches[i + 1].from;
        s.heard_from = first ? 0 : s.from - fade_ / 2;
        s.heard_to = last ? endless : s.to + fade_ / 2;
        s.starts = first ? 0 : std::max<Frames>(0, s.heard_from - preroll);
        stretches_.push_back(std::move(s));
    }
}

template <class Sample>
void SpliceStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    for (Stretch& s : stretches_) {
        const Frames from = std::max<Frames>(0, s.starts - heard_);
        const Frames to = std::min(in.frames, s.heard_to - heard_);
        if (s.finished || from >= to) continue;
        if (!s.stage) {
            s.stage = build_(s.plan);
            s.made = std::make_unique<AudioQueue<Sample>>(channels_out_);
            s.made_from = s.starts;
        }
        s.stage->push(in.slice(from, to - from), *s.made);
        if (heard_ + to == s.heard_to) end(s);
    }
    heard_ += in.frames;
    join(ready_frames(), out);
}

template <class Sample>
void SpliceStage<Sample>::finish(AudioQueue<Sample>& out) {
    for (Stretch& s : stretches_)
        if (s.stage) end(s);
    join(heard_, out);
}

template <class Sample>
void SpliceStage<Sample>::end(Stretch& s) {
    s.stage->finish(*s.made);
    if (gains_of_) keep_gains(s);
    s.stage.reset();
    s.finished = true;
}

template <class Sample>
void SpliceStage<Sample>::keep_gains(const Stretch& s) {
    const auto entry_at = [&](Frames frame) {
        return std::llround(static_cast<double>(frame) / rate_ / GainHistory::seconds_per_entry);
    };
    const auto begin = entry_at(s.starts), from = entry_at(std::max<Frames>(s.from, 0));
    for (const StageGains& did : gains_of_(s.plan, *s.stage)) {
        auto kept = std::find_if(gains_.begin(), gains_.end(), [&](const auto& one) { return one.stage == did.stage; });
        if (kept == gains_.end()) kept = gains_.insert(gains_.end(), {did.stage, {}});
        std::vector<std::vector<float>>& bands = kept->history.bands;
        bands.resize(std::max(bands.size(), did.history.bands.size()));
        for (std::size_t b = 0; b < did.history.bands.size(); ++b) {
            const std::vector<float>& entries = did.history.bands[b];
            const auto to = std::min(begin + std::ssize(entries), s.to == endless ? endless : entry_at(s.to));
            if (to <= from) continue;
            bands[b].resize(static_cast<std::size_t>(to));
            std::copy(entries.begin() + (from - begin), entries.begin() + (to - begin), bands[b].begin() + from);
        }
    }
}

/// Up to which frame everything that will be heard there has been made.
template <class Sample>
Frames SpliceStage<Sample>::ready_frames() const {
    Frames ready = heard_;
    for (const Stretch& s : stretches_) {
        if (s.finished) continue;
        const Frames made_to = s.made ? s.made_from + s.made->frames() : s.starts;
        ready = std::min(ready, std::max(made_to, s.heard_from));
    }
    return ready;
}

template <class Sample>
void SpliceStage<Sample>::join(Frames ready, AudioQueue<Sample>& out) {
    if (ready <= at_) return;
    const AudioView<Sample> audio = out.extend(ready - at_);
    for (int c = 0; c < audio.channels; ++c) std::fill_n(audio.channel(c), audio.frames, Sample(0));
    for (Stretch& s : stretches_)
        if (s.made) add(s, audio);
    at_ = ready;
}

/// Adds what a stretch made to frames [at_, at_ + audio.frames), weighted by its fades, and drops it.
template <class Sample>
void SpliceStage<Sample>::add(Stretch& s, AudioView<Sample> audio) const {
    const AudioView<const Sample> made = std::as_const(*s.made).view();
    const Frames from = std::max({at_, s.made_from, s.heard_from});
    const Frames to = std::min({at_ + audio.frames, s.made_from + made.frames, s.heard_to});
    const auto risen = [&](Frames frame, Frames join) {
        return std::clamp((static_cast<double>(frame - join + fade_ / 2) + 0.5) / static_cast<double>(fade_), 0.0, 1.0);
    };
    for (Frames frame = from; frame < to; ++frame) {
        const double share = risen(frame, s.from) - risen(frame, s.to);
        for (int c = 0; c < audio.channels; ++c)
            audio.channel(c)[frame - at_] += static_cast<Sample>(share * made.channel(c)[frame - s.made_from]);
    }
    const Frames used = std::clamp<Frames>(at_ + audio.frames - s.made_from, 0, made.frames);
    s.made->drop(used);
    s.made_from += used;
    if (s.finished && s.made->empty()) s.made.reset();
}

template class SpliceStage<float>;
template class SpliceStage<double>;

}  // namespace lathe
