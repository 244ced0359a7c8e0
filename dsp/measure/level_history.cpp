// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/level_history.h"

#include <cmath>
#include <deque>
#include <limits>

#include "dsp/core/decibel.h"

namespace lathe {
namespace {

/// Of each value and those before it, `window` in all, the largest.
std::vector<float> running_maximum(const std::vector<float>& values, std::size_t window) {
    std::vector<float> largest;
    std::deque<std::size_t> falling;  // places whose values fall; the first is the largest of the window
    for (std::size_t k = 0; k < values.size(); ++k) {
        while (!falling.empty() && values[falling.back()] <= values[k]) falling.pop_back();
        falling.push_back(k);
        if (falling.front() + window == k) falling.pop_front();
        largest.push_back(values[falling.front()]);
    }
    return largest;
}

}  // namespace

double LevelHistory::end_s(std::size_t hop) const {
    const Frames end = HopGrid(rate).start(static_cast<Frames>(hop) + 1);
    return static_cast<double>(std::min(end, frames)) / rate;
}

std::vector<float> LevelHistory::largest_true_peak() const {
    std::vector<float> largest(hops());
    for (const std::vector<float>& channel : true_peak)
        for (std::size_t k = 0; k < largest.size(); ++k) largest[k] = std::max(largest[k], channel[k]);
    return largest;
}

std::vector<float> psr_db(const LevelHistory& history) {
    std::vector<float> psr = running_maximum(history.largest_true_peak(), short_term_hops);
    for (std::size_t k = 0; k < psr.size(); ++k) {
        const double lufs = history.loudness.short_term_lufs[k];
        psr[k] = std::isfinite(lufs) ? static_cast<float>(db_from_gain(psr[k]) - lufs)
                                     : std::numeric_limits<float>::quiet_NaN();
    }
    return psr;
}

template <class Sample>
LevelHistoryMeter<Sample>::LevelHistoryMeter(int channels, double rate, Workers& workers, MonoWeight mono)
    : rate_(rate),
      workers_(workers),
      loudness_(channels, rate, mono, &curves_),
      levels_(channels, rate),
      peaks_(static_cast<std::size_t>(channels), TruePeakHops<Sample>(rate)),
      waveforms_(static_cast<std::size_t>(channels)) {
    for (const FrequencyBand& band : correlation_bands)
        if (channels >= 2) bands_.emplace_back(band, rate);
}

template <class Sample>
void LevelHistoryMeter<Sample>::push(AudioView<const Sample> in) {
    const std::size_t bands = bands_.size(), channels = peaks_.size();
    workers_.for_each(static_cast<int>(2 + bands + 2 * channels), [&](int part) {
        auto i = static_cast<std::size_t>(part);
        if (i == 0) return loudness_.push(in);
        if (i == 1) return levels_.push(in);
        if ((i -= 2) < bands) return bands_[i].push(in);
        if ((i -= bands) < channels) return peaks_[i].push(in.channel(static_cast<int>(i)), in.frames);
        i -= channels;
        waveforms_[i].push(in.channel(static_cast<int>(i)), in.frames);
    });
    frames_ += in.frames;
}

template <class Sample>
LevelHistory LevelHistoryMeter<Sample>::finish() {
    LevelHistory history;
    history.rate = rate_;
    history.frames = frames_;
    loudness_.finish();
    levels_.finish();
    history.channels = levels_.channels();
    history.stereo = levels_.stereo();
    const std::size_t hops = history.channels.front().rms.size();
    history.blocks = loudness_.blocks();
    history.loudness = std::move(curves_);
    history.loudness.momentary_lufs.resize(hops, std::numeric_limits<float>::quiet_NaN());
    history.loudness.short_term_lufs.resize(hops, std::numeric_limits<float>::quiet_NaN());
    for (std::size_t b = 0; b < bands_.size(); ++b) {
        bands_[b].finish();
        history.band_correlation[b] = bands_[b].curve();
    }
    for (std::size_t c = 0; c < peaks_.size(); ++c) {
        peaks_[c].finish();
        history.true_peak.push_back(peaks_[c].peaks());
        history.true_peak.back().resize(hops);  // of no frames: no hop
        history.waveforms.push_back(waveforms_[c].finish());
    }
    return history;
}

template class LevelHistoryMeter<float>;
template class LevelHistoryMeter<double>;

}  // namespace lathe
