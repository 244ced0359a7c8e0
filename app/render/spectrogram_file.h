// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/media/audio_file.h"
#include "app/render/cache.h"
#include "dsp/core/cancel.h"
#include "dsp/measure/spectrogram.h"

namespace lathe {

/// The spectrogram of a whole file, as tiles of every level of its pyramid, in a file: of the cache if that is on, so
/// that it is there again at once, else in a nameless one.
class FileSpectrogram {
public:
    /// A file whose columns are more than that, 50 min at 44.1 kHz, has as many columns of level 0 as remain when the
    /// fewest possible levels are left out: 10 hours take steps of 93 ms and 0.74 GB.
    static constexpr std::int64_t most_columns = 1 << 19;
    struct Settings {
        std::filesystem::path path;
        SpectrogramSettings spectrogram;
        std::filesystem::path folder;  ///< for the nameless file
    };

    /// Takes it from the cache, or reads the whole file and measures it, which the cache then keeps. Throws InputError
    /// for a bad file, BadSetting for a part that it does not have, SystemError if the disk fails.
    FileSpectrogram(Settings settings, const Cache& cache, const Cancel& cancel);

    const AudioInfo& info() const { return info_; }
    const LogGrid& grid() const { return grid_; }
    bool was_kept() const { return was_kept_; }
    int levels() const { return static_cast<int>(tiles_.size()); }
    std::int64_t columns(int level) const { return ((columns_ - 1) >> level) + 1; }
    /// Seconds from a column to the next.
    double hop_s(int level) const { return hop_s_ * static_cast<double>(std::int64_t{1} << level); }

    /// [columns][rows] codes (spectrogram_db), SpectrogramPyramid::tile_columns of them but in the last tile. One that
    /// was damaged in the cache has the whole spectrogram measured again.
    std::vector<std::uint8_t> tile(int level, std::int64_t index, const Cancel& cancel);

private:
    struct Tile {
        std::int64_t offset;
        std::uint64_t checksum;
    };
    bool find();
    void measure(const Cancel& cancel);
    void keep(std::int64_t payload_bytes) const;
    std::optional<std::vector<std::uint8_t>> read(int level, std::int64_t index) const;

    Settings settings_;
    const Cache& cache_;
    std::string key_;
    AudioInfo info_;
    LogGrid grid_;
    double hop_s_ = 0;
    std::int64_t columns_ = 0;
    std::vector<std::vector<Tile>> tiles_;
    FileHandle file_;
    bool was_kept_ = false;
};

}  // namespace lathe
