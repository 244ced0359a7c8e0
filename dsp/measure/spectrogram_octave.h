// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/measure/half_band.h"
#include "dsp/measure/spectrogram_band.h"

namespace lathe {

/// How one rate's stretches lie on the columns: one begins every 32 of its frames. Stretches of one column make a unit;
/// where columns are closer than stretches, a unit is one stretch, as wide as several columns.
struct SpectrogramTiming {
    static constexpr Frames step = 32;
    /// level: the rate has been halved so often. hop: frames of the programme a column.
    SpectrogramTiming(int level, Frames hop);
    Frames first_frame(std::int64_t unit) const { return step * stretches * unit + step / 2 - SpectrogramBand::middle; }
    /// The unit, with its fraction, whose middle is the column's.
    double unit_at(double column) const { return (column + 0.5) / columns - 0.5; }

    double columns_per_frame() const { return static_cast<double>(columns) / static_cast<double>(step * stretches); }

    int stretches;         ///< in a unit: 1 where columns > 1
    std::int64_t columns;  ///< that a unit is wide: 1 where stretches > 1
};

/// One octave of a spectrogram: audio at its rate goes in, columns of its rows come out.
class SpectrogramOctave {
public:
    /// Memory that one pair of hands needs.
    struct Scratch {
        AlignedVector<float> audio, tile, power;
    };
    static constexpr int units_together = band_stretches;

    SpectrogramOctave(SpectrogramBand band, SpectrogramTiming timing);
    virtual ~SpectrogramOctave() = default;

    /// Makes room for all blocks of units that the audio now suffices for, and says how many they are; each of them is
    /// then analysed, by anybody; then they are ended.
    int begin(Frames audio_end);
    virtual void analyse(int block, const RatedAudio& audio, Scratch& scratch) = 0;
    virtual void end();
    /// Audio before this frame is not needed any more.
    Frames needed_from() const { return timing_.first_frame(next_unit_); }

    /// Columns 0 … columns() − 1 are known.
    virtual std::int64_t columns() const = 0;
    /// Adds a column of this octave to one of the whole spectrogram.
    virtual void add_to(std::int64_t column, std::span<float> whole) const = 0;
    /// Columns before this one are not asked for again.
    virtual void drop_before(std::int64_t column) = 0;

protected:
    virtual void make_room(int units) = 0;
    /// Lays one pair of channels of a block out as the kernels read it. Stretch s of each unit is then at first = s ·
    /// step.
    BandAudio lay_out(int block, int pair, const RatedAudio& audio, Scratch& scratch) const;
    /// The first unit of a block.
    std::int64_t unit_of(int block) const { return next_unit_ + std::int64_t{units_together} * block; }

    SpectrogramBand band_;
    SpectrogramTiming timing_;
    std::int64_t next_unit_;  // the first that is not ended
    int blocks_ = 0;          // that are begun
};

/// Levels in dB. A unit's is the highest of its stretches; between wide units they are read in dB.
class LevelOctave final : public SpectrogramOctave {
public:
    LevelOctave(SpectrogramBand band, SpectrogramTiming timing);
    void analyse(int block, const RatedAudio& audio, Scratch& scratch) override;
    std::int64_t columns() const override;
    void add_to(std::int64_t column, std::span<float> whole) const override;
    void drop_before(std::int64_t column) override;

private:
    void make_room(int units) override;
    const float* level_db(std::int64_t unit) const;

    std::vector<float> levels_db_;  // [units from from_unit_ on][rows]
    std::int64_t from_unit_;
};

}  // namespace lathe
