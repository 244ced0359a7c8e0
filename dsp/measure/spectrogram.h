// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "dsp/core/workers.h"
#include "dsp/measure/half_band.h"
#include "dsp/measure/log_grid.h"
#include "dsp/measure/spectrogram_octave.h"
#include "dsp/measure/spectrum_part.h"

namespace lathe {

struct SpectrogramSettings {
    SpectrumPart part = SpectrumPart::sum;
    bool reassigned = false;  ///< energy is moved to where it comes from: sharp lines instead of windows' widths
};

/// What a cell holds: the code 0 for what is at or below the least level, then steps of half a decibel to 7.5 dB. A
/// sine of full scale in one channel reads 0 dB.
inline constexpr double spectrogram_least_db = -120, spectrogram_step_db = 0.5;
inline double spectrogram_db(double code) { return spectrogram_least_db + code * spectrogram_step_db; }

/// The rows, lowest first: 96 to the octave (8 to the semitone) from 20 Hz to 20 kHz or half the rate.
LogGrid spectrogram_grid(double rate);
/// Frames from a column to the next: the power of two nearest to 5 ms (5.8 ms at 44.1 kHz), so that it is a whole
/// number of frames of the lower rates at which low octaves are looked at. Column c covers frames c · hop … + hop.
Frames spectrogram_hop(double rate);

/// A spectrogram, column by column while the programme comes. Every row has a window of its own length: 51.2 periods,
/// but 5.12 ms at least (a Kaiser window, side lobes at −90 dB); so there is no seam between octaves and nothing is
/// read between bins. A cell is the highest level that its row reaches in any window whose centre lies in the column;
/// where those are further apart than columns (an eighth of the octave's longest window), it is read between them.
/// The same bits however the programme is cut and whoever works.
class SpectrogramMeter {
public:
    /// Takes whole columns in order: [columns][rows] codes.
    using Sink = std::function<void(std::span<const std::uint8_t> columns)>;
    /// Throws BadSetting for a part that the channels do not have, or a rate below 80 Hz.
    SpectrogramMeter(const SpectrogramSettings& settings, int channels, double rate, Workers& workers, Sink sink);
    ~SpectrogramMeter();
    int rows() const { return grid_.count; }
    void push(AudioView<const float> audio);
    /// The rest of the columns: as many in all as begin within the programme.
    void finish();

private:
    struct Rate;
    void take(std::int64_t most_columns = std::numeric_limits<std::int64_t>::max());
    void halve_rates();
    void analyse();
    void deliver(std::int64_t most_columns);

    SpectrogramSettings settings_;
    LogGrid grid_;
    Frames hop_, frames_ = 0;
    Workers& workers_;
    Sink sink_;
    HalfBandFilter filter_;
    std::vector<std::unique_ptr<Rate>> rates_;  // each half the one before
    std::vector<SpectrogramOctave::Scratch> scratch_;
    std::vector<std::uint8_t> codes_;
    std::int64_t delivered_ = 0;  // columns
};

}  // namespace lathe
