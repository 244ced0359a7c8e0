// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/reassigned_octave.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "dsp/simd/isa.h"

namespace lathe {
namespace {

constexpr int margin = 16;             // rows that a window's main lobe reaches over its octave's, and some
constexpr float least_power = 1e-14f;  // what has less is noise of the arithmetic

}  // namespace

ReassignedOctave::ReassignedOctave(SpectrogramBand band, SpectrogramTiming timing, const LogGrid& grid)
    : SpectrogramOctave(std::move(band), timing), grid_(grid) {
    const double columns_per_frame = timing_.columns_per_frame();
    for (int row = 0; row < band_.rows(); ++row) {
        const double hz = band_.hz(row);
        scales_.push_back({static_cast<float>(1 / band_.overlap(row) / timing_.stretches),
                           static_cast<float>(band_.half_length(row) * columns_per_frame),
                           static_cast<float>(band_.half_width_hz(row) / hz), static_cast<float>(columns_per_frame),
                           static_cast<float>(band_.rate() / hz / (2 * std::numbers::pi))});
    }
}

void ReassignedOctave::make_room(int units) {
    moments_.resize(static_cast<std::size_t>(3 * units * timing_.stretches * band_.rows()));
}

void ReassignedOctave::analyse(int block, const RatedAudio& audio, Scratch& scratch) {
    const std::size_t cells = static_cast<std::size_t>(band_.rows()) * band_stretches;
    const BandTables tables = band_.tables();
    const int pairs = (audio.queue.channels() + 1) / 2;
    float* out = moments_.data() + static_cast<std::size_t>(block * timing_.stretches) * 3 * cells;
    BandAudio laid_out;
    for (int stretch = 0; stretch < timing_.stretches; ++stretch, out += 3 * cells) {
        std::fill_n(out, 3 * cells, 0.0f);
        for (int pair = 0; pair < pairs; ++pair) {
            if (stretch == 0 || pairs > 1) laid_out = lay_out(block, pair, audio, scratch);
            laid_out.first = static_cast<std::size_t>(stretch * SpectrogramTiming::step);
            run_kernel<BandMoments>(&tables, static_cast<const BandAudio*>(&laid_out), out, out + cells,
                                    out + 2 * cells);
        }
    }
}

void ReassignedOctave::end() {
    const std::size_t cells = static_cast<std::size_t>(band_.rows()) * band_stretches;
    const float* moments = moments_.data();
    for (int block = 0; block < blocks_; ++block)
        for (int stretch = 0; stretch < timing_.stretches; ++stretch, moments += 3 * cells) {
            const Frames first = timing_.first_frame(unit_of(block)) + SpectrogramTiming::step * stretch;
            gather(moments, static_cast<double>(first + SpectrogramBand::middle) * timing_.columns_per_frame());
        }
    SpectrogramOctave::end();
}

// middle: the first unit's, in columns.
void ReassignedOctave::gather(const float* moments, double middle) {
    const std::size_t cells = scales_.size() * band_stretches;
    const auto per_relative = static_cast<float>(grid_.per_octave / std::numbers::ln2);
    const double unit_width = timing_.stretches * SpectrogramTiming::step * timing_.columns_per_frame();
    for (std::size_t row = 0; row < scales_.size(); ++row) {
        const RowScale& scale = scales_[row];
        for (std::size_t unit = 0; unit < band_stretches; ++unit) {
            const float* const cell = moments + row * band_stretches + unit;
            const float power = cell[0];
            if (!(power > least_power)) continue;
            const float later =
                std::clamp(cell[cells] / power * scale.columns_per_frame, -scale.longest, scale.longest);
            const float x = std::clamp(cell[2 * cells] / power * scale.share_per_radian, -scale.widest, scale.widest);
            const float rows = per_relative * x * (1 - x * (0.5f - x / 3));  // log2(1 + x), to a fraction of a row
            add(middle + unit_width * static_cast<double>(unit) + later,
                static_cast<int>(std::lround(static_cast<float>(row) + rows)), power * scale.weight);
        }
    }
}

// What stands for several columns is spread over as many.
void ReassignedOctave::add(double column, int row, float power) {
    const int width = band_.rows() + 2 * margin;
    if (row < -margin || row >= band_.rows() + margin) return;
    const double first = timing_.columns > 1 ? column - 0.5 * static_cast<double>(timing_.columns) : std::floor(column);
    const double last = first + static_cast<double>(timing_.columns);
    auto c = std::max(from_column_, static_cast<std::int64_t>(std::floor(first)));
    for (; static_cast<double>(c) < last; ++c) {
        const auto needed = static_cast<std::size_t>((c - from_column_ + 1) * width);
        if (plane_.size() < needed) plane_.resize(needed);
        const double share = std::min(last, static_cast<double>(c + 1)) - std::max(first, static_cast<double>(c));
        plane_[needed - static_cast<std::size_t>(width - row - margin)] += power * static_cast<float>(share);
    }
}

std::int64_t ReassignedOctave::columns() const {
    const Frames earliest = timing_.first_frame(next_unit_);  // energy of the next unit moves no further back
    const double column =
        static_cast<double>(earliest) * timing_.columns_per_frame() - 0.5 * static_cast<double>(timing_.columns);
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(column)));
}

void ReassignedOctave::add_to(std::int64_t column, std::span<float> whole) const {
    const int width = band_.rows() + 2 * margin;
    const auto at = static_cast<std::size_t>((column - from_column_) * width);
    if (at >= plane_.size()) return;
    const int first = band_.first() - margin;
    for (int k = std::max(0, -first); k < std::min(width, static_cast<int>(whole.size()) - first); ++k)
        whole[static_cast<std::size_t>(first + k)] += plane_[at + static_cast<std::size_t>(k)];
}

void ReassignedOctave::drop_before(std::int64_t column) {
    const auto cells = std::min(std::ssize(plane_),
                                static_cast<std::ptrdiff_t>((column - from_column_) * (band_.rows() + 2 * margin)));
    plane_.erase(plane_.begin(), plane_.begin() + cells);
    from_column_ = column;
}

}  // namespace lathe
