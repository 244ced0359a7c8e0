// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/monitor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/player/portaudio_output.h"
#include "app/studio/model/sequence_signal.h"
#include "app/studio/model/signals.h"

namespace lathe {
namespace {

bool same(const Listening& a, const Listening& b) {
    for (int s = 0; s < slot_count; ++s) {
        const auto i = static_cast<std::size_t>(s);
        if (a.signals[i].signal != b.signals[i].signal || a.signals[i].gain_db != b.signals[i].gain_db) return false;
    }
    return a.slot == b.slot && a.mode == b.mode && a.dim == b.dim && a.delta == b.delta && a.solo == b.solo;
}

}  // namespace

Monitor::Monitor(Analyses& analyses, std::filesystem::path spill_folder, std::string device)
    : analyses_(analyses),
      budget_(std::make_shared<StorageBudget>(std::move(spill_folder))),
      device_(std::move(device)) {}

std::shared_ptr<const Signal> Monitor::signal_of(const MonitorSignal& wanted) {
    if (!wanted.sound) return nullptr;
    if (wanted.sound.audio) return std::make_shared<KeptSignal>(wanted.sound.audio, wanted.sound.rate);
    const std::string key = fmt::format("signal {} {} {}", wanted.sound.key(), wanted.start_s, rate_);
    return analyses_.value<Signal>(key, [wanted, rate = rate_, budget = budget_](const Cancel& cancel) {
        const double own_rate = AudioReader(wanted.sound.path).info().sample_rate;
        const auto start = static_cast<Frames>(std::llround(wanted.start_s * own_rate));
        if (own_rate == rate)
            return std::shared_ptr<const Signal>(std::make_shared<FileSignal>(wanted.sound.path, start));
        return resampled_signal(wanted.sound.path, start, rate, budget, cancel);
    });
}

/// On the player's time, with what follows it.
std::shared_ptr<const Signal> Monitor::in_place(const MonitorSignal& wanted) {
    std::shared_ptr<const Signal> signal = signal_of(wanted);
    const bool goes_on = wanted.next && wanted.next->sound.rate == rate_;
    if (!signal || (origin_ == 0 && !goes_on)) return signal;
    std::vector<SequenceSignal::Part> parts{{std::move(signal), origin_}};
    if (goes_on)
        parts.push_back({std::make_shared<KeptSignal>(wanted.next->sound.audio, wanted.next->sound.rate),
                         frame_at(wanted.next->at_s)});
    return std::make_shared<SequenceSignal>(std::move(parts));
}

void Monitor::set_gains(const MonitorSettings& settings, const PerSlot<MonitorSignal>& signals) {
    double quietest = INFINITY;
    for (const MonitorSignal& signal : signals)
        if (signal.sound && signal.integrated_lufs)
            quietest = std::min(quietest, *signal.integrated_lufs + signal.trim_db);
    for (std::size_t i = 0; i < signals.size(); ++i) {
        const std::optional<double>& lufs = signals[i].integrated_lufs;
        listening_.signals[i].gain_db = settings.is_matched && lufs ? quietest - *lufs : signals[i].trim_db;
    }
}

void Monitor::update(const MonitorSettings& settings, const PerSlot<MonitorSignal>& signals, double rate) {
    if (rate <= 0) return;
    const Listening before = listening_;
    if (rate != rate_) {
        rate_ = rate;
        origin_ = 0;
        keys_ = {};
        listening_ = {};
        loop_s_.reset();
        player_.reset();
        std::unique_ptr<AudioOutput> output = std::make_unique<SilentOutput>();
        if (device_ != "none") output = std::make_unique<PortAudioOutput>(device_);
        player_ = std::make_unique<Player>(rate_, std::move(output));
    }
    for (std::size_t i = 0; i < signals.size(); ++i) {
        const std::string next =
            signals[i].next ? fmt::format("{} {}", signals[i].next->sound.key(), signals[i].next->at_s) : "";
        const std::string key =
            signals[i].sound ? fmt::format("{} {} {} {}", signals[i].sound.key(), signals[i].start_s, origin_, next)
                             : "-";
        if (key == keys_[i]) continue;
        std::shared_ptr<const Signal> signal = in_place(signals[i]);
        if (!signal && signals[i].sound) continue;  // the one of before is heard until this one is ready
        if (signal && signal->rate() != rate_) continue;
        listening_.signals[i].signal = std::move(signal);
        keys_[i] = key;
    }
    set_gains(settings, signals);
    listening_.slot = settings.slot;
    listening_.mode = settings.mode;
    listening_.dim = settings.is_dimmed;
    listening_.delta = settings.is_delta;
    listening_.solo = settings.solo;
    if (!same(before, listening_)) player_->listen(listening_);
}

Frames Monitor::frame_at(double seconds) const { return origin_ + static_cast<Frames>(std::llround(seconds * rate_)); }

void Monitor::go_on(double later_s) {
    origin_ = frame_at(later_s);
    loop_s_.reset();
    if (player_) player_->clear_loop();
}
void Monitor::start_anew() {
    pause();
    origin_ = 0;
}

void Monitor::play(double from_s) {
    if (!player_) return;
    player_->seek(frame_at(from_s));
    player_->play();
}
void Monitor::pause() {
    if (player_) player_->pause();
}
void Monitor::seek(double to_s) {
    if (player_) player_->seek(frame_at(to_s));
}
void Monitor::scrub(double at_s) {
    if (player_) player_->scrub(frame_at(at_s));
}
void Monitor::set_loop(std::optional<std::pair<double, double>> span_s) {
    if (!player_ || span_s == loop_s_) return;
    loop_s_ = span_s;
    if (span_s)
        player_->set_loop(frame_at(span_s->first), frame_at(span_s->second));
    else
        player_->clear_loop();
}
double Monitor::position_s() const { return player_ ? static_cast<double>(player_->position() - origin_) / rate_ : 0; }

}  // namespace lathe
