// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "dsp/core/error.h"
#include "dsp/measure/half_band.h"
#include "dsp/measure/power_spectrum.h"
#include "dsp/measure/reassigned_octave.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = 1 << 18;
constexpr int hands = 16, columns_together = 64;
constexpr double octave_top = 0.42;     // of a rate: the highest row that is looked at there
constexpr double highest_top = 0.4536;  // the same where no higher rate is needed but for what is above

constexpr double lowest_hz = 20, highest_hz = 20000;
constexpr int rows_per_octave = 96;

/// Codes of levels in dB.
void quantise(std::span<const float> db, std::uint8_t* codes) {
    constexpr auto scale = static_cast<float>(1 / spectrogram_step_db);
    constexpr auto offset = static_cast<float>(0.5 - spectrogram_least_db / spectrogram_step_db);
    for (std::size_t k = 0; k < db.size(); ++k) {
        const float code = db[k] * scale + offset;
        codes[k] = static_cast<std::uint8_t>(code < 0 ? 0 : code > 255 ? 255 : static_cast<int>(code));
    }
}

}  // namespace

LogGrid spectrogram_grid(double rate) {
    const double top = std::min(highest_hz, rate / 2);
    if (top < 2 * lowest_hz)
        throw BadSetting(
            fmt::format("a spectrogram needs a sample rate of {} Hz at least, not {:g}", 4 * lowest_hz, rate));
    return {lowest_hz, rows_per_octave, static_cast<int>(rows_per_octave * std::log2(top / lowest_hz)) + 1};
}

Frames spectrogram_hop(double rate) { return Frames{1} << std::max(0L, std::lround(std::log2(0.005 * rate))); }

struct SpectrogramMeter::Rate {
    /// first: the first frame that may be no silence.
    Rate(int channels, Frames first) : audio(channels, -SpectrogramBand::stretch) {
        audio.queue.append_silence(first - audio.from);
    }
    RatedAudio audio;
    std::unique_ptr<SpectrogramOctave> octave;  // none: only the way to the next rate
};

SpectrogramMeter::SpectrogramMeter(const SpectrogramSettings& settings, int channels, double rate, Workers& workers,
                                   Sink sink)
    : settings_(settings),
      grid_(spectrogram_grid(rate)),
      hop_(spectrogram_hop(rate)),
      workers_(workers),
      sink_(std::move(sink)),
      scratch_(hands) {
    constexpr Frames heard_before = (HalfBandFilter::reach + 1) / 2;
    const int looked_at = part_channels(settings.part, channels);
    const auto level_of = [&](double hz, double share) {
        return std::max(0, static_cast<int>(std::floor(std::log2(share * rate / hz))));
    };
    const int skipped = level_of(grid_.hz(grid_.count - 1), highest_top);
    for (int end = grid_.count, level = 0; end > 0; ++level) {
        rates_.push_back(std::make_unique<Rate>(looked_at, level == 0 ? 0 : -heard_before));
        if (level < skipped) continue;
        int first = end;
        while (first > 0 && std::max(skipped, level_of(grid_.hz(first - 1), octave_top)) == level) --first;
        SpectrogramBand band(grid_, first, end, std::ldexp(rate, -level), settings.reassigned);
        const SpectrogramTiming timing(level, hop_);
        if (settings.reassigned)
            rates_.back()->octave = std::make_unique<ReassignedOctave>(std::move(band), timing, grid_);
        else
            rates_.back()->octave = std::make_unique<LevelOctave>(std::move(band), timing);
        end = first;
    }
}

SpectrogramMeter::~SpectrogramMeter() = default;

void SpectrogramMeter::push(AudioView<const float> audio) {
    for (Frames at = 0; at < audio.frames; at += piece_frames) {
        const AudioView<const float> piece = audio.slice(at, std::min(piece_frames, audio.frames - at));
        append_part(settings_.part, piece, rates_.front()->audio.queue);
        frames_ += piece.frames;
        take();
    }
}

void SpectrogramMeter::finish() {
    const std::int64_t all = (frames_ + hop_ - 1) / hop_;
    while (delivered_ < all) {
        rates_.front()->audio.queue.append_silence(piece_frames);
        take(all);
    }
}

void SpectrogramMeter::take(std::int64_t most_columns) {
    halve_rates();
    analyse();
    deliver(most_columns);
}

void SpectrogramMeter::halve_rates() {
    std::vector<Frames> counts;
    for (std::size_t k = 1; k < rates_.size(); ++k) {
        counts.push_back(filter_.ready(rates_[k - 1]->audio, rates_[k]->audio));
        rates_[k]->audio.queue.extend(counts.back());
    }
    workers_.for_each(rates_.front()->audio.queue.channels(), [&](int channel) {
        for (std::size_t k = 1; k < rates_.size(); ++k)
            filter_.fill(rates_[k - 1]->audio, rates_[k]->audio, channel, counts[k - 1]);
    });
}

void SpectrogramMeter::analyse() {
    struct Job {
        Rate* rate;
        int block;
    };
    std::vector<Job> jobs;
    for (const auto& rate : rates_)
        if (rate->octave)
            for (int block = 0, blocks = rate->octave->begin(rate->audio.end()); block < blocks; ++block)
                jobs.push_back({rate.get(), block});
    workers_.for_each(hands, [&](int hand) {
        for (std::size_t k = static_cast<std::size_t>(hand); k < jobs.size(); k += hands)
            jobs[k].rate->octave->analyse(jobs[k].block, jobs[k].rate->audio, scratch_[static_cast<std::size_t>(hand)]);
    });
    workers_.for_each(static_cast<int>(rates_.size()), [&](int k) {
        Rate& rate = *rates_[static_cast<std::size_t>(k)];
        if (rate.octave) rate.octave->end();
    });
    for (std::size_t k = 0; k < rates_.size(); ++k) {
        // The next rate's filter reaches back further than its audio does; windows reach back further still.
        Frames needed = rates_[k]->audio.end() - SpectrogramBand::stretch;
        if (rates_[k]->octave) needed = std::min(needed, rates_[k]->octave->needed_from());
        rates_[k]->audio.drop_before(needed);
    }
}

void SpectrogramMeter::deliver(std::int64_t most_columns) {
    std::int64_t end = most_columns;
    for (const auto& rate : rates_)
        if (rate->octave) end = std::min(end, rate->octave->columns());
    const std::int64_t count = end - delivered_;
    if (count <= 0) return;
    const auto rows = static_cast<std::size_t>(grid_.count);
    codes_.resize(static_cast<std::size_t>(count) * rows);
    workers_.for_each(static_cast<int>((count + columns_together - 1) / columns_together), [&](int group) {
        std::vector<float> whole(rows);
        const std::int64_t first = std::int64_t{columns_together} * group;
        for (std::int64_t c = first; c < std::min(count, first + columns_together); ++c) {
            std::fill(whole.begin(), whole.end(), 0.0f);
            for (const auto& rate : rates_)
                if (rate->octave) rate->octave->add_to(delivered_ + c, whole);
            if (settings_.reassigned) to_decibels(whole, whole);
            quantise(whole, codes_.data() + static_cast<std::size_t>(c) * rows);
        }
    });
    delivered_ = end;
    for (const auto& rate : rates_)
        if (rate->octave) rate->octave->drop_before(delivered_);
    sink_(codes_);
}

}  // namespace lathe
