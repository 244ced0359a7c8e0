// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrogram_octave.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "dsp/measure/power_spectrum.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {
namespace {

/// How the audio of a block lies: [phases][stride] samples, `filled` of each phase.
struct Layout {
    explicit Layout(const SpectrogramTiming& timing)
        : phases(SpectrogramTiming::step * timing.stretches),
          filled((SpectrogramTiming::step * (timing.stretches - 1) + SpectrogramBand::stretch - 1) / phases +
                 band_stretches) {}
    Frames phases, filled, stride = (filled + 15) / 16 * 16 + 8;  // not a power of two: phases would share cache lines
};

/// Octaves take turns with one scratch: what grew for one is not filled anew for the next.
void grow(AlignedVector<float>& memory, std::size_t samples) {
    if (memory.size() < samples) memory.resize(samples);
}

}  // namespace

SpectrogramTiming::SpectrogramTiming(int level, Frames hop)
    : stretches(static_cast<int>(std::max<Frames>(1, hop / (step << level)))),
      columns(std::max<Frames>(1, (step << level) / hop)) {}

SpectrogramOctave::SpectrogramOctave(SpectrogramBand band, SpectrogramTiming timing)
    : band_(std::move(band)), timing_(timing), next_unit_(timing.columns > 1 ? -1 : 0) {}

int SpectrogramOctave::begin(Frames audio_end) {
    const Layout layout(timing_);
    const Frames block = layout.phases * units_together;
    const Frames room = audio_end - timing_.first_frame(next_unit_) - layout.phases * layout.filled;
    blocks_ = room < 0 ? 0 : static_cast<int>(room / block) + 1;
    make_room(blocks_ * units_together);
    return blocks_;
}

void SpectrogramOctave::end() {
    next_unit_ = unit_of(blocks_);
    blocks_ = 0;
}

BandAudio SpectrogramOctave::lay_out(int block, int pair, const RatedAudio& audio, Scratch& scratch) const {
    const Layout layout(timing_);
    const Frames from = timing_.first_frame(unit_of(block)) - audio.from;
    const auto size = static_cast<std::size_t>(layout.phases * layout.stride);
    grow(scratch.audio, 2 * size);
    grow(scratch.tile, 2 * band_points * band_stretches);
    const AudioView<const float> frames = audio.queue.view();
    const int channels = std::min(2, frames.channels - 2 * pair);
    for (int c = 0; c < channels; ++c) {
        const float* const in = frames.channel(2 * pair + c) + from;
        float* const out = scratch.audio.data() + static_cast<std::size_t>(c) * size;
        run_kernel<LayOutStretches>(in, static_cast<std::size_t>(layout.phases),
                                    static_cast<std::size_t>(layout.filled), out,
                                    static_cast<std::size_t>(layout.stride));
    }
    return {scratch.audio.data(),
            channels == 2 ? scratch.audio.data() + size : nullptr,
            static_cast<std::size_t>(layout.phases),
            static_cast<std::size_t>(layout.stride),
            0,
            scratch.tile.data()};
}

LevelOctave::LevelOctave(SpectrogramBand band, SpectrogramTiming timing)
    : SpectrogramOctave(std::move(band), timing), from_unit_(next_unit_) {}

void LevelOctave::make_room(int units) {
    levels_db_.resize(levels_db_.size() + static_cast<std::size_t>(units * band_.rows()));
}

const float* LevelOctave::level_db(std::int64_t unit) const {
    return levels_db_.data() + (unit - from_unit_) * band_.rows();
}

void LevelOctave::analyse(int block, const RatedAudio& audio, Scratch& scratch) {
    const auto rows = static_cast<std::size_t>(band_.rows()), cells = rows * band_stretches;
    grow(scratch.power, 2 * cells);
    float *const highest = scratch.power.data(), *const power = highest + cells;
    std::fill_n(highest, cells, 0.0f);
    const BandTables tables = band_.tables();
    const int pairs = (audio.queue.channels() + 1) / 2;
    BandAudio laid_out;
    for (int stretch = 0; stretch < timing_.stretches; ++stretch) {
        std::fill_n(power, cells, 0.0f);
        for (int pair = 0; pair < pairs; ++pair) {
            if (stretch == 0 || pairs > 1) laid_out = lay_out(block, pair, audio, scratch);
            laid_out.first = static_cast<std::size_t>(stretch * SpectrogramTiming::step);
            run_kernel<BandPowers>(&tables, static_cast<const BandAudio*>(&laid_out), power);
        }
        run_kernel<LargerOf>(static_cast<const float*>(power), static_cast<const float*>(highest), highest, cells);
    }
    to_decibels(std::span(highest, cells), std::span(power, cells));
    float* const out = levels_db_.data() + (unit_of(block) - from_unit_) * band_.rows();
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t unit = 0; unit < band_stretches; ++unit)
            out[unit * rows + row] = power[row * band_stretches + unit];
}

std::int64_t LevelOctave::columns() const {
    if (timing_.columns == 1) return next_unit_;
    return std::max<std::int64_t>(0, (next_unit_ - 1) * timing_.columns + timing_.columns / 2);
}

void LevelOctave::add_to(std::int64_t column, std::span<float> whole) const {
    float* const out = whole.data() + band_.first();
    if (timing_.columns == 1) {
        std::copy_n(level_db(column), band_.rows(), out);
        return;
    }
    const double at = timing_.unit_at(static_cast<double>(column)), unit = std::floor(at);
    const auto share = static_cast<float>(at - unit);
    const float *const before = level_db(static_cast<std::int64_t>(unit)), *const after = before + band_.rows();
    for (int row = 0; row < band_.rows(); ++row) out[row] = before[row] + share * (after[row] - before[row]);
}

void LevelOctave::drop_before(std::int64_t column) {
    const auto unit = static_cast<std::int64_t>(std::floor(timing_.unit_at(static_cast<double>(column))));
    if (unit - from_unit_ <= next_unit_ - unit) return;  // rather move few units seldom than many often
    levels_db_.erase(levels_db_.begin(), levels_db_.begin() + (unit - from_unit_) * band_.rows());
    from_unit_ = unit;
}

}  // namespace lathe
