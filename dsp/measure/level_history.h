// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <limits>
#include <vector>

#include "dsp/core/workers.h"
#include "dsp/measure/band_correlation.h"
#include "dsp/measure/hop_levels.h"
#include "dsp/measure/loudness.h"
#include "dsp/measure/true_peak_hops.h"
#include "dsp/measure/waveform.h"

namespace lathe {

/// The bands in which the correlation of two channels is followed; they meet at 120 Hz, 1 kHz and 6 kHz.
inline constexpr std::array<FrequencyBand, 4> correlation_bands{
    {{0, 120}, {120, 1000}, {1000, 6000}, {6000, std::numeric_limits<double>::infinity()}}};

/// The levels of one programme over time: a value a hop of 10 ms (HopGrid), each as the type that it comes from says.
/// The last hop may be incomplete; then it has no loudness. Some 15 kB a second for stereo at 44.1 kHz.
struct LevelHistory {
    double rate = 0;
    Frames frames = 0;
    LoudnessCurves loudness;
    LoudnessBlocks blocks;                      ///< what the loudness of the whole follows from
    std::vector<std::vector<float>> true_peak;  ///< of each channel, linear
    std::vector<ChannelCurves> channels;
    StereoCurves stereo;                                                        ///< empty for one channel
    std::array<std::vector<float>, correlation_bands.size()> band_correlation;  ///< likewise
    std::vector<Waveform> waveforms;                                            ///< of each channel

    std::size_t hops() const { return loudness.momentary_lufs.size(); }
    double end_s(std::size_t hop) const;           ///< when it ends; the last one: when the programme does
    std::vector<float> largest_true_peak() const;  ///< of all channels, linear, a value a hop
};

/// Peak to short-term loudness ratio, dB, a value a hop: the largest true peak of the 3 s that end with it, in dBTP,
/// less the loudness of those 3 s. NaN before 3 s have passed and in silence.
std::vector<float> psr_db(const LevelHistory& history);

/// Measures all of it in one pass. The same bits however the programme is cut and however many workers there are.
template <class Sample>
class LevelHistoryMeter {
public:
    LevelHistoryMeter(int channels, double rate, Workers& workers, MonoWeight mono = MonoWeight::single);
    /// Long pieces keep the workers busy: some 10^5 frames.
    void push(AudioView<const Sample> in);
    /// The programme has ended. Call once.
    LevelHistory finish();

private:
    double rate_;
    Workers& workers_;
    Frames frames_ = 0;
    LoudnessCurves curves_;
    LoudnessMeter<Sample> loudness_;
    HopLevels<Sample> levels_;
    std::vector<BandCorrelation<Sample>> bands_;  ///< none for one channel
    std::vector<TruePeakHops<Sample>> peaks_;     ///< one a channel
    std::vector<WaveformMeter<Sample>> waveforms_;
};

}  // namespace lathe
