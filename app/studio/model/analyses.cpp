// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/analyses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/render/level_file.h"
#include "app/render/preview.h"
#include "app/render/read_ahead.h"
#include "app/studio/model/file_waveform.h"
#include "app/studio/model/quiet_threads.h"
#include "dsp/core/error.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = Frames{1} << 17;
constexpr std::size_t most_entries = 96;
constexpr std::uint64_t frames_of_patience = 3;

/// Calls use(audio) with a sound's frames in order.
template <class Use>
void for_each_piece(const Sound& sound, const Cancel& cancel, Use use) {
    if (!sound.audio) {
        AudioReader reader(sound.path);
        return read_ahead(reader, piece_frames, cancel, use);
    }
    AudioBuffer<float> piece(sound.audio->channels(), piece_frames);
    for (Frames from = 0; from < sound.audio->frames(); from += piece_frames) {
        cancel.check();
        const Frames n = std::min(piece_frames, sound.audio->frames() - from);
        sound.audio->read(from, piece.view().slice(0, n));
        use(std::as_const(piece).view().slice(0, n));
    }
}

/// Likewise with the frames of a part of it.
template <class Use>
void for_each_piece(const Sound& sound, const Stretch& stretch, double rate, const Cancel& cancel, Use use) {
    Frames at = std::max<Frames>(0, std::llround(stretch.from_s * rate));
    Frames left = std::llround(stretch.to_s * rate) - at;
    std::optional<AudioReader> reader;
    if (!sound.audio) reader.emplace(sound.path);
    left = std::min(left, (reader ? reader->info().frames : sound.audio->frames()) - at);
    if (left <= 0) return;
    if (reader) reader->seek(at);
    AudioBuffer<float> piece(reader ? reader->info().channels : sound.audio->channels(), piece_frames);
    while (left > 0) {
        cancel.check();
        const AudioView<float> part = piece.view().slice(0, std::min(piece_frames, left));
        if (!reader) sound.audio->read(at, part);
        const Frames got = reader ? reader->read(part) : part.frames;
        if (got == 0) return;
        use(std::as_const(piece).view().slice(0, got));
        at += got;
        left -= got;
    }
}

struct Shape {
    int channels;
    double rate;
};
Shape shape_of(const Sound& sound) {
    if (sound.audio) return {sound.audio->channels(), sound.rate};
    const AudioInfo info = AudioReader(sound.path).info();
    return {info.channels, static_cast<double>(info.sample_rate)};
}

std::shared_ptr<const SoundWaveform> make_waveform(const Sound& sound, const Cancel& cancel) {
    const Shape shape = shape_of(sound);
    std::vector<WaveformMeter<float>> meters(static_cast<std::size_t>(shape.channels));
    auto made = std::make_shared<SoundWaveform>();
    made->rate = shape.rate;
    for_each_piece(sound, cancel, [&](AudioView<const float> audio) {
        for (int c = 0; c < shape.channels; ++c)
            meters[static_cast<std::size_t>(c)].push(audio.channel(c), audio.frames);
        made->frames += audio.frames;
    });
    for (WaveformMeter<float>& meter : meters) made->channels.push_back(meter.finish());
    return made;
}

std::shared_ptr<const LevelHistory> make_levels(const Sound& sound, const Cache& cache, const Cancel& cancel) {
    if (!sound.audio)
        return std::make_shared<LevelHistory>(levels_of_file(sound.path, MonoWeight::single, cache, cancel).history);
    const Shape shape = shape_of(sound);
    TbbWorkers workers;
    LevelHistoryMeter<float> meter(shape.channels, shape.rate, workers);
    for_each_piece(sound, cancel, [&](AudioView<const float> audio) { meter.push(audio); });
    return std::make_shared<LevelHistory>(meter.finish());
}

std::shared_ptr<const Spectrum> make_spectrum(const Sound& sound, SpectrumPart part,
                                              const std::optional<Stretch>& stretch, const Cancel& cancel) {
    const Shape shape = shape_of(sound);
    TbbWorkers workers;
    SpectrumSettings settings;
    settings.part = shape.channels == 1 && part != SpectrumPart::side ? SpectrumPart::sum : part;
    SpectrumMeter meter(settings, shape.channels, shape.rate, workers);
    const auto measure = [&](AudioView<const float> audio) { meter.push(audio); };
    if (stretch)
        for_each_piece(sound, *stretch, shape.rate, cancel, measure);
    else
        for_each_piece(sound, cancel, measure);
    return std::make_shared<Spectrum>(meter.finish());
}

std::shared_ptr<const StereoBands> make_stereo_bands(const Sound& sound, const Cancel& cancel) {
    const Shape shape = shape_of(sound);
    if (shape.channels < 2) return std::make_shared<StereoBands>();
    StereoBandsMeter meter(shape.rate);
    for_each_piece(sound, cancel, [&](AudioView<const float> audio) { meter.push(audio); });
    return std::make_shared<StereoBands>(meter.finish());
}

}  // namespace

std::string Sound::key() const {
    if (audio) return fmt::format("memory {}", audio->id());
    return fmt::format("{} {} {}", path.string(), state.bytes, state.changed_ns);
}

Sound sound_of(const TrackPreview& preview) {
    return {{}, preview.audio, static_cast<double>(preview.result.sample_rate), {}};
}

Analyses::Analyses(Cache cache, std::function<void()> landed, int nice)
    : cache_(std::move(cache)), landed_(std::move(landed)) {
    thread_ = std::thread([this, nice] { run(nice); });
}

Analyses::~Analyses() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
        if (cancel_) cancel_->request();
    }
    wake_.notify_one();
    thread_.join();
}

void Analyses::begin_frame() {
    const std::lock_guard lock(mutex_);
    if (const auto at = entries_.find(running_);
        at != entries_.end() && at->second.asked + frames_of_patience < frame_ && cancel_)
        cancel_->request();
    ++frame_;
    while (entries_.size() > most_entries) {
        const auto oldest = std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
            return a.second.asked < b.second.asked;
        });
        if (oldest->second.asked + frames_of_patience >= frame_ || oldest->first == running_) break;
        entries_.erase(oldest);
    }
}

void Analyses::hold(bool held) {
    {
        const std::lock_guard lock(mutex_);
        is_held_ = held;
    }
    if (!held) wake_.notify_one();
}

bool Analyses::is_busy() const {
    const std::lock_guard lock(mutex_);
    return std::any_of(entries_.begin(), entries_.end(),
                       [&](const auto& entry) { return entry.second.work && entry.second.asked + 1 >= frame_; });
}

std::string Analyses::why_none(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto at = entries_.find(key);
    return at == entries_.end() ? "" : at->second.error;
}

void Analyses::forget(const std::string& key) {
    const std::lock_guard lock(mutex_);
    entries_.erase(key);
}

std::any Analyses::ask(const std::string& key, Work work) {
    const std::lock_guard lock(mutex_);
    const auto [at, is_new] = entries_.try_emplace(key);
    at->second.asked = frame_;
    if (is_new) {
        at->second.work = std::move(work);
        wake_.notify_one();
    }
    return at->second.value;
}

void Analyses::run(int nice) {
    const QuietThreads quiet(nice);
    for (;;) {
        std::string key;
        Work work;
        {
            std::unique_lock lock(mutex_);
            const auto next = [&] {  // what was asked for last
                auto best = entries_.end();
                if (is_held_) return best;
                for (auto at = entries_.begin(); at != entries_.end(); ++at)
                    if (at->second.work && at->second.asked + frames_of_patience >= frame_ &&
                        (best == entries_.end() || at->second.asked > best->second.asked))
                        best = at;
                return best;
            };
            running_.clear();
            wake_.wait(lock, [&] { return ends_ || next() != entries_.end(); });
            if (ends_) return;
            const auto at = next();
            key = running_ = at->first;
            work = at->second.work;
            cancel_ = std::make_shared<Cancel>();
        }
        std::any value;
        std::string error;
        bool was_cancelled = false;
        try {
            value = work(*cancel_);
        } catch (const Cancelled&) {
            was_cancelled = true;
        } catch (const std::exception& failure) {
            error = failure.what();
        }
        const std::lock_guard lock(mutex_);
        const auto at = entries_.find(key);
        if (at == entries_.end()) continue;
        if (was_cancelled) {
            entries_.erase(at);
            continue;
        }
        at->second.value = std::move(value);
        at->second.error = std::move(error);
        at->second.work = nullptr;
        if (landed_) landed_();
    }
}

std::shared_ptr<const AudioInfo> Analyses::info(const Sound& file) {
    if (!file) return nullptr;
    return value<AudioInfo>("info " + file.key(), [path = file.path](const Cancel&) {
        return std::make_shared<const AudioInfo>(AudioReader(path).info());
    });
}

std::shared_ptr<const SoundWaveform> Analyses::waveform(const Sound& sound) {
    if (!sound) return nullptr;
    const std::string key = "waveform " + sound.key();
    if (sound.audio)
        return value<SoundWaveform>(key, [sound](const Cancel& cancel) { return make_waveform(sound, cancel); });
    return value<SoundWaveform>(key, [sound, key, this](const Cancel& cancel) {
        return waveform_of_file(sound.path, key, cache_, cancel, [&](std::shared_ptr<const SoundWaveform> so_far) {
            const std::lock_guard lock(mutex_);
            if (const auto at = entries_.find(key); at != entries_.end()) at->second.value = std::move(so_far);
        });
    });
}

std::shared_ptr<const LevelHistory> Analyses::levels(const Sound& sound) {
    if (!sound) return nullptr;
    return value<LevelHistory>("levels " + sound.key(),
                               [sound, this](const Cancel& cancel) { return make_levels(sound, cache_, cancel); });
}

std::shared_ptr<const Spectrum> Analyses::spectrum(const Sound& sound, SpectrumPart part,
                                                   const std::optional<Stretch>& stretch) {
    if (!sound) return nullptr;
    const std::string span = stretch ? fmt::format(" {:.3f} {:.3f}", stretch->from_s, stretch->to_s) : "";
    return value<Spectrum>(fmt::format("spectrum {} {}{}", static_cast<int>(part), sound.key(), span),
                           [=](const Cancel& cancel) { return make_spectrum(sound, part, stretch, cancel); });
}

std::shared_ptr<const StereoBands> Analyses::stereo_bands(const Sound& sound) {
    if (!sound) return nullptr;
    return value<StereoBands>("stereo " + sound.key(),
                              [sound](const Cancel& cancel) { return make_stereo_bands(sound, cancel); });
}

std::shared_ptr<const std::vector<float>> Analyses::psr(const Sound& sound) {
    const auto of = levels(sound);
    if (!of) return nullptr;
    return value<std::vector<float>>(
        "psr " + sound.key(), [of](const Cancel&) { return std::make_shared<const std::vector<float>>(psr_db(*of)); });
}

std::shared_ptr<const FileResonances> Analyses::resonances(const Sound& file) {
    constexpr int most = 40;
    if (!file) return nullptr;
    return value<FileResonances>("resonances " + file.key(), [path = file.path](const Cancel& cancel) {
        return std::make_shared<const FileResonances>(find_resonances_of_file(path, most, cancel));
    });
}

}  // namespace lathe
