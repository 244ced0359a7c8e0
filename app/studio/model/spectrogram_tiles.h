// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "app/render/spectrogram_file.h"
#include "app/studio/model/analyses.h"
#include "dsp/measure/spectrogram.h"
#include "dsp/measure/spectrogram_pyramid.h"

namespace lathe {

/// [columns][rows] codes of one tile.
using SpectrogramTile = std::vector<std::uint8_t>;

/// A sound's spectrogram at every distance, whole and unchanging: SpectrogramPyramid's tiles.
class SpectrogramTiles {
public:
    SpectrogramTiles();
    virtual ~SpectrogramTiles() = default;
    std::uint64_t id() const { return id_; }  ///< another one for every spectrogram made
    int rows() const { return grid().count; }

    virtual const LogGrid& grid() const = 0;
    virtual double rate() const = 0;  ///< of the sound
    virtual int levels() const = 0;
    virtual std::int64_t columns(int level) const = 0;
    virtual double hop_s(int level) const = 0;
    /// May read the disk; by any thread.
    virtual SpectrogramTile tile(int level, std::int64_t index, const Cancel& cancel) const = 0;

private:
    std::uint64_t id_;
};

/// Of a file, in the cache: it is measured only if it is not there.
class FileTiles final : public SpectrogramTiles {
public:
    FileTiles(FileSpectrogram::Settings settings, Cache cache, const Cancel& cancel);
    const LogGrid& grid() const override { return file_.grid(); }
    double rate() const override { return file_.info().sample_rate; }
    int levels() const override { return file_.levels(); }
    std::int64_t columns(int level) const override { return file_.columns(level); }
    double hop_s(int level) const override { return file_.hop_s(level); }
    SpectrogramTile tile(int level, std::int64_t index, const Cancel& cancel) const override;

private:
    Cache cache_;
    mutable std::mutex mutex_;
    mutable FileSpectrogram file_;
};

/// Of what a render left in memory, in memory.
class MemoryTiles final : public SpectrogramTiles {
public:
    /// What is longer has its columns halved until it fits: 6 min at 44.1 kHz and 5.8 ms take 125 MB.
    static constexpr std::int64_t most_columns = 1 << 16;

    /// sound: in memory. Throws Cancelled.
    MemoryTiles(const Sound& sound, const SpectrogramSettings& settings, const Cancel& cancel);
    const LogGrid& grid() const override { return grid_; }
    double rate() const override { return rate_; }
    int levels() const override { return static_cast<int>(tiles_.size()); }
    std::int64_t columns(int level) const override { return ((columns_ - 1) >> level) + 1; }
    double hop_s(int level) const override { return hop_s_ * static_cast<double>(std::int64_t{1} << level); }
    SpectrogramTile tile(int level, std::int64_t index, const Cancel& cancel) const override;

private:
    LogGrid grid_;
    double rate_, hop_s_ = 0;
    std::int64_t columns_ = 0;
    std::vector<std::vector<SpectrogramTile>> tiles_;
};

/// The loudest partial of a column: [rows] codes.
struct LoudestPartial {
    double hz = 0, level_db = spectrogram_least_db;
};
/// Its frequency is the middle between where the level has fallen by 6 dB to both sides. A column without sound: 0 Hz.
LoudestPartial loudest_partial(std::span<const std::uint8_t> column, const LogGrid& grid);

}  // namespace lathe
