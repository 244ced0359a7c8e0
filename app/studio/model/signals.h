// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>

#include "app/media/audio_file.h"
#include "app/player/signal.h"
#include "app/render/stored_audio.h"

namespace lathe {

/// What a render left in memory, to be heard.
class KeptSignal final : public Signal {
public:
    KeptSignal(KeptAudio audio, double rate) : audio_(std::move(audio)), rate_(rate) {}
    int channels() const override { return audio_->channels(); }
    double rate() const override { return rate_; }
    Frames frames() const override { return audio_->frames(); }
    void read(Frames from, AudioView<float> out) const override;

private:
    KeptAudio audio_;
    double rate_;
};

/// A file from a frame on, to be heard as it is.
class FileSignal final : public Signal {
public:
    /// Throws InputError for a bad file.
    FileSignal(const std::filesystem::path& path, Frames start);
    int channels() const override { return reader_.info().channels; }
    double rate() const override { return reader_.info().sample_rate; }
    Frames frames() const override { return std::max<Frames>(0, reader_.info().frames - start_); }
    void read(Frames from, AudioView<float> out) const override;

private:
    mutable std::mutex mutex_;
    mutable AudioReader reader_;
    Frames start_;
};

/// The file at another rate, in memory; past a budget in a working file. Throws InputError, Cancelled.
std::shared_ptr<const Signal> resampled_signal(const std::filesystem::path& path, Frames start, double rate,
                                               const std::shared_ptr<StorageBudget>& budget, const Cancel& cancel);

}  // namespace lathe
