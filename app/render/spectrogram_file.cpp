// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/spectrogram_file.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/render/key.h"
#include "app/render/read_ahead.h"
#include "app/render/records.h"
#include "app/render/remembered_hash.h"
#include "app/render/working_file.h"
#include "dsp/measure/spectrogram_pyramid.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

using Json = nlohmann::json;

constexpr Frames piece_frames = 1 << 18;

/// How many of the pyramid's first levels a file does without.
int finest_level(std::int64_t columns) {
    int finest = 0;
    while (((columns - 1) >> finest) + 1 > FileSpectrogram::most_columns) ++finest;
    return finest;
}

}  // namespace

FileSpectrogram::FileSpectrogram(Settings settings, const Cache& cache, const Cancel& cancel)
    : settings_(std::move(settings)), cache_(cache), info_(AudioReader(settings_.path).info()) {
    grid_ = spectrogram_grid(info_.sample_rate);
    if (cache_.is_on())
        key_ = content_hash(fmt::format(
            "spectrogram 1 {} {} {} {}", sound_key(), remembered_content_hash(settings_.path, cache_),
            spectrum_parts[static_cast<std::size_t>(settings_.spectrogram.part)], settings_.spectrogram.reassigned));
    was_kept_ = find();
    if (!was_kept_) measure(cancel);
}

bool FileSpectrogram::find() {
    std::optional<CacheEntry> entry = cache_.find(key_);
    if (!entry) return false;
    const Json record = unpacked(entry->record);
    if (!record.is_object()) return false;
    columns_ = record.at("columns");
    hop_s_ = record.at("hop_s");
    for (const Json& level : record.at("levels")) {
        tiles_.emplace_back();
        for (const Json& tile : level) tiles_.back().push_back({tile.at(0), tile.at(1)});
    }
    file_ = std::move(entry->file);
    return true;
}

void FileSpectrogram::measure(const Cancel& cancel) {
    AudioReader reader(settings_.path);
    const Frames hop = spectrogram_hop(info_.sample_rate);
    const std::int64_t finest_columns = (info_.frames + hop - 1) / hop;
    const int finest = finest_level(finest_columns);
    columns_ = ((finest_columns - 1) >> finest) + 1;
    hop_s_ = static_cast<double>(hop << finest) / info_.sample_rate;
    tiles_.clear();
    file_ = cache_.draft();
    if (!file_) file_ = open_working_file(settings_.folder);
    std::int64_t offset = 0;
    SpectrogramPyramid pyramid(grid_.count, finest, [&](int level, std::span<const std::uint8_t> tile) {
        const auto bytes = static_cast<ssize_t>(tile.size());
        if (::pwrite(file_.get(), tile.data(), tile.size(), offset) != bytes)
            fail_working_file(settings_.folder, "write");
        if (level == levels()) tiles_.emplace_back();
        tiles_[static_cast<std::size_t>(level)].push_back({offset, XXH3_64bits(tile.data(), tile.size())});
        offset += bytes;
    });
    TbbWorkers workers;
    SpectrogramMeter meter(settings_.spectrogram, info_.channels, info_.sample_rate, workers,
                           [&](std::span<const std::uint8_t> columns) { pyramid.add(columns); });
    read_ahead(reader, piece_frames, cancel, [&](AudioView<const float> audio) { meter.push(audio); });
    meter.finish();
    pyramid.finish();
    keep(offset);
}

void FileSpectrogram::keep(std::int64_t payload_bytes) const {
    if (!cache_.is_on()) return;
    Json levels = Json::array();
    for (const std::vector<Tile>& level : tiles_) {
        Json tiles = Json::array();
        for (const Tile& tile : level) tiles.push_back({tile.offset, tile.checksum});
        levels.push_back(std::move(tiles));
    }
    cache_.keep(file_, payload_bytes, key_,
                packed({{"columns", columns_}, {"hop_s", hop_s_}, {"levels", std::move(levels)}}));
    cache_.trim();
}

std::optional<std::vector<std::uint8_t>> FileSpectrogram::read(int level, std::int64_t index) const {
    const Tile& place = tiles_.at(static_cast<std::size_t>(level)).at(static_cast<std::size_t>(index));
    const std::int64_t wide = SpectrogramPyramid::tile_columns;
    std::vector<std::uint8_t> tile(
        static_cast<std::size_t>(std::min(wide, columns(level) - index * wide) * grid_.count));
    if (::pread(file_.get(), tile.data(), tile.size(), place.offset) != static_cast<ssize_t>(tile.size())) return {};
    if (XXH3_64bits(tile.data(), tile.size()) != place.checksum) return {};
    return tile;
}

std::vector<std::uint8_t> FileSpectrogram::tile(int level, std::int64_t index, const Cancel& cancel) {
    std::optional<std::vector<std::uint8_t>> found = read(level, index);
    if (!found && std::exchange(was_kept_, false)) {
        measure(cancel);
        found = read(level, index);
    }
    if (!found) fail_working_file(settings_.folder, "read");
    return std::move(*found);
}

}  // namespace lathe
