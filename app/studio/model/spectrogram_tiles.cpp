// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/spectrogram_tiles.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = Frames{1} << 17;

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

/// How far from a row the level has fallen by 6 dB, in rows, going one way.
double half_width(std::span<const std::uint8_t> column, std::size_t peak, int step) {
    constexpr int fall = static_cast<int>(6 / spectrogram_step_db);
    const int wanted = column[peak] - fall;
    int before = column[peak];
    for (auto row = static_cast<std::ptrdiff_t>(peak) + step; row >= 0 && row < std::ssize(column); row += step) {
        const int here = column[static_cast<std::size_t>(row)];
        const auto distance = static_cast<double>(std::abs(row - static_cast<std::ptrdiff_t>(peak)));
        if (here <= wanted) return distance - (wanted - here) / std::max(1.0, static_cast<double>(before - here));
        before = here;
    }
    return 0;
}

}  // namespace

SpectrogramTiles::SpectrogramTiles() : id_(next_id()) {}

FileTiles::FileTiles(FileSpectrogram::Settings settings, Cache cache, const Cancel& cancel)
    : cache_(std::move(cache)), file_(std::move(settings), cache_, cancel) {}

SpectrogramTile FileTiles::tile(int level, std::int64_t index, const Cancel& cancel) const {
    const std::lock_guard lock(mutex_);
    return file_.tile(level, index, cancel);
}

MemoryTiles::MemoryTiles(const Sound& sound, const SpectrogramSettings& settings, const Cancel& cancel)
    : grid_(spectrogram_grid(sound.rate)), rate_(sound.rate) {
    const Frames hop = spectrogram_hop(rate_), frames = sound.audio->frames();
    const std::int64_t finest_columns = (frames + hop - 1) / hop;
    int finest = 0;
    while (((finest_columns - 1) >> finest) + 1 > most_columns) ++finest;
    columns_ = ((finest_columns - 1) >> finest) + 1;
    hop_s_ = static_cast<double>(hop << finest) / rate_;
    SpectrogramPyramid pyramid(grid_.count, finest, [&](int level, std::span<const std::uint8_t> tile) {
        if (level == levels()) tiles_.emplace_back();
        tiles_[static_cast<std::size_t>(level)].emplace_back(tile.begin(), tile.end());
    });
    TbbWorkers workers;
    SpectrogramMeter meter(settings, sound.audio->channels(), rate_, workers,
                           [&](std::span<const std::uint8_t> columns) { pyramid.add(columns); });
    AudioBuffer<float> piece(sound.audio->channels(), piece_frames);
    for (Frames from = 0; from < frames; from += piece_frames) {
        cancel.check();
        const Frames n = std::min(piece_frames, frames - from);
        sound.audio->read(from, piece.view().slice(0, n));
        meter.push(std::as_const(piece).view().slice(0, n));
    }
    meter.finish();
    pyramid.finish();
}

SpectrogramTile MemoryTiles::tile(int level, std::int64_t index, const Cancel&) const {
    return tiles_.at(static_cast<std::size_t>(level)).at(static_cast<std::size_t>(index));
}

LoudestPartial loudest_partial(std::span<const std::uint8_t> column, const LogGrid& grid) {
    const auto peak = static_cast<std::size_t>(std::max_element(column.begin(), column.end()) - column.begin());
    if (column.empty() || column[peak] == 0) return {};
    const double above = half_width(column, peak, 1), below = half_width(column, peak, -1);
    const double off = above > 0 && below > 0 ? (above - below) / 2 : 0;
    return {grid.hz(static_cast<double>(peak) + off), spectrogram_db(column[peak])};
}

}  // namespace lathe
