// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/signals.h"

#include <algorithm>
#include <utility>

#include "app/render/read_ahead.h"
#include "dsp/output/resample.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

/// Fills what lies before a signal's first frame and behind its last with silence; calls read(from, out) for the rest.
template <class Read>
void read_within(Frames frames, Frames from, AudioView<float> out, Read read) {
    const Frames before = std::clamp<Frames>(-from, 0, out.frames);
    const Frames end = std::clamp<Frames>(frames - from, before, out.frames);
    for (int c = 0; c < out.channels; ++c) {
        std::fill_n(out.channel(c), before, 0.0f);
        std::fill(out.channel(c) + end, out.channel(c) + out.frames, 0.0f);
    }
    if (end > before) read(from + before, out.slice(before, end - before));
}

}  // namespace

void KeptSignal::read(Frames from, AudioView<float> out) const {
    read_within(frames(), from, out, [&](Frames at, AudioView<float> part) { audio_->read(at, part); });
}

FileSignal::FileSignal(const std::filesystem::path& path, Frames start) : reader_(path), start_(start) {}

void FileSignal::read(Frames from, AudioView<float> out) const {
    read_within(frames(), from, out, [&](Frames at, AudioView<float> part) {
        const std::lock_guard lock(mutex_);
        if (reader_.position() != start_ + at) reader_.seek(start_ + at);
        const Frames got = reader_.read(part);
        for (int c = 0; c < part.channels; ++c) std::fill(part.channel(c) + got, part.channel(c) + part.frames, 0.0f);
    });
}

std::shared_ptr<const Signal> resampled_signal(const std::filesystem::path& path, Frames start, double rate,
                                               const std::shared_ptr<StorageBudget>& budget, const Cancel& cancel) {
    constexpr Frames piece_frames = 1 << 16;
    AudioReader reader(path);
    reader.seek(start);
    const int channels = reader.info().channels;
    TbbWorkers workers;
    Resampler<float> resampler(channels, reader.info().sample_rate, rate, workers);
    const std::shared_ptr<StoredAudio<float>> audio(new StoredAudio<float>(channels, *budget),
                                                    [budget](StoredAudio<float>* kept) { delete kept; });
    AudioQueue<float> out(channels);
    const auto store = [&] {
        audio->write(std::as_const(out).view());
        out.drop(out.frames());
    };
    read_ahead(reader, piece_frames, cancel, [&](AudioView<const float> piece) {
        resampler.push(piece, out);
        store();
    });
    resampler.finish(out);
    store();
    return std::make_shared<KeptSignal>(audio, rate);
}

}  // namespace lathe
