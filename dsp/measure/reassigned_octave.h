// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/measure/spectrogram_octave.h"

namespace lathe {

/// Power, each window's moved to the time and frequency that are the middle of where it comes from. A steady sine reads
/// its level in one row; the energy of many windows comes together in a click's column.
/// Source: F. Auger and P. Flandrin, Improving the readability of time-frequency and time-scale representations by the
/// reassignment method, IEEE Trans. Signal Processing 43 (1995).
class ReassignedOctave final : public SpectrogramOctave {
public:
    ReassignedOctave(SpectrogramBand band, SpectrogramTiming timing, const LogGrid& grid);
    void analyse(int block, const RatedAudio& audio, Scratch& scratch) override;
    void end() override;
    std::int64_t columns() const override;
    void add_to(std::int64_t column, std::span<float> whole) const override;
    void drop_before(std::int64_t column) override;

private:
    struct RowScale {
        float weight;             // of its power, so that all rows together see a sine once
        float longest, widest;    // how far energy may move: in columns; as a share of the frequency
        float columns_per_frame;  // of the time moment
        float share_per_radian;   // of the frequency moment
    };
    void make_room(int units) override;
    void gather(const float* moments, double middle);
    void add(double column, int row, float power);

    LogGrid grid_;
    std::vector<RowScale> scales_;
    std::vector<float> moments_;  // [blocks][stretches][power, time, frequency][rows][units]
    std::vector<float> plane_;    // [columns from from_column_ on][rows, and `margin` to both sides]
    std::int64_t from_column_ = 0;
};

}  // namespace lathe
