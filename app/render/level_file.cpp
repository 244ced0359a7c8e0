// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/level_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "app/render/cached_values.h"
#include "app/render/key.h"
#include "app/render/read_ahead.h"
#include "app/render/remembered_hash.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

using Json = nlohmann::json;

constexpr Frames piece_frames = 1 << 17;

/// Calls use(std::vector<float>&) for every curve and for the finest level of every waveform, in one order.
template <class History, class Use>
void for_each_curve(History& history, Use use) {
    use(history.loudness.momentary_lufs);
    use(history.loudness.short_term_lufs);
    use(history.stereo.correlation);
    use(history.stereo.width);
    for (auto& curve : history.band_correlation) use(curve);
    for (auto& curve : history.true_peak) use(curve);
    for (auto& channel : history.channels) {
        use(channel.sample_peak);
        use(channel.rms);
        use(channel.dc_offset);
    }
    for (auto& waveform : history.waveforms) {
        use(waveform.levels.front().low);
        use(waveform.levels.front().high);
        use(waveform.levels.front().rms);
    }
}

void keep(const Cache& cache, const std::string& key, const LevelHistory& history) {
    std::vector<float> values;
    Json counts = Json::array();
    for_each_curve(history, [&](const std::vector<float>& curve) {
        values.insert(values.end(), curve.begin(), curve.end());
        counts.push_back(curve.size());
    });
    keep_values(cache, key, values,
                {{"rate", history.rate},
                 {"frames", history.frames},
                 {"channels", history.channels.size()},
                 {"counts", std::move(counts)},
                 {"loudness", record_of(history.blocks)}});
}

std::optional<LevelHistory> find(const Cache& cache, const std::string& key) {
    const auto found = find_values<float>(cache, key);
    if (!found) return {};
    const Json& record = found->record;
    LevelHistory history;
    history.rate = record.at("rate");
    history.frames = record.at("frames");
    history.blocks = loudness_from(record.at("loudness"));
    const auto channels = record.at("channels").get<std::size_t>();
    history.true_peak.resize(channels);
    history.channels.resize(channels);
    history.waveforms.resize(channels);
    for (Waveform& waveform : history.waveforms) waveform.levels.push_back({Waveform::finest_cell, {}, {}, {}});
    std::size_t curve_number = 0;
    auto from = found->values.begin();
    for_each_curve(history, [&](std::vector<float>& curve) {
        const auto to = from + record.at("counts").at(curve_number++).get<std::ptrdiff_t>();
        curve.assign(from, to);
        from = to;
    });
    for (Waveform& waveform : history.waveforms)
        waveform = waveform_from(std::move(waveform.levels.front()), history.frames);
    return history;
}

LevelHistory measure(AudioReader& reader, MonoWeight mono, const Cancel& cancel) {
    TbbWorkers workers;
    LevelHistoryMeter<float> meter(reader.info().channels, reader.info().sample_rate, workers, mono);
    read_ahead(reader, piece_frames, cancel, [&](AudioView<const float> audio) { meter.push(audio); });
    return meter.finish();
}

}  // namespace

FileLevels levels_of_file(const std::filesystem::path& path, MonoWeight mono, const Cache& cache,
                          const Cancel& cancel) {
    AudioReader reader(path);
    if (!cache.is_on()) return {reader.info(), measure(reader, mono, cancel)};
    const std::string key = content_hash(
        fmt::format("levels 1 {} {} {}", sound_key(), static_cast<int>(mono), remembered_content_hash(path, cache)));
    if (std::optional<LevelHistory> known = find(cache, key)) return {reader.info(), std::move(*known)};
    LevelHistory history = measure(reader, mono, cancel);
    keep(cache, key, history);
    return {reader.info(), std::move(history)};
}

}  // namespace lathe
