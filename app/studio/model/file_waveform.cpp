// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/file_waveform.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "app/render/cached_values.h"
#include "app/render/key.h"
#include "app/render/read_ahead.h"

namespace lathe {
namespace {

using Json = nlohmann::json;

/// Of whole cells, so that the finest cells of one piece follow those of the one before.
constexpr Frames piece_frames = Waveform::finest_cell << 11;
constexpr std::chrono::milliseconds growth_period{200};

/// The finest level of every channel, from pieces.
struct Finest {
    std::vector<WaveformLevel> channels;
    Frames frames = 0;

    void push(AudioView<const float> audio) {
        for (int c = 0; c < audio.channels; ++c) {
            WaveformMeter<float> meter;
            meter.push(audio.channel(c), audio.frames);
            const WaveformLevel piece = std::move(meter.finish().levels.front());
            WaveformLevel& whole = channels[static_cast<std::size_t>(c)];
            whole.low.insert(whole.low.end(), piece.low.begin(), piece.low.end());
            whole.high.insert(whole.high.end(), piece.high.begin(), piece.high.end());
            whole.rms.insert(whole.rms.end(), piece.rms.begin(), piece.rms.end());
        }
        frames += audio.frames;
    }
};

std::shared_ptr<const SoundWaveform> all_levels(const Finest& finest, double rate) {
    auto made = std::make_shared<SoundWaveform>();
    made->rate = rate;
    made->frames = finest.frames;
    for (const WaveformLevel& channel : finest.channels)
        made->channels.push_back(waveform_from(channel, finest.frames));
    return made;
}

void keep(const Cache& cache, const std::string& key, const Finest& finest, double rate) {
    std::vector<float> values;
    for (const WaveformLevel& channel : finest.channels)
        for (const std::vector<float>* curve : {&channel.low, &channel.high, &channel.rms})
            values.insert(values.end(), curve->begin(), curve->end());
    keep_values(cache, key, values, {{"rate", rate}, {"frames", finest.frames}, {"channels", finest.channels.size()}});
}

std::shared_ptr<const SoundWaveform> find(const Cache& cache, const std::string& key) {
    const auto found = find_values<float>(cache, key);
    if (!found) return nullptr;
    Finest finest;
    finest.frames = found->record.at("frames");
    finest.channels.assign(found->record.at("channels").get<std::size_t>(), {Waveform::finest_cell, {}, {}, {}});
    const auto cells = std::ssize(found->values) / (3 * std::ssize(finest.channels));
    auto from = found->values.begin();
    for (WaveformLevel& channel : finest.channels)
        for (std::vector<float>* curve : {&channel.low, &channel.high, &channel.rms}) {
            curve->assign(from, from + cells);
            from += cells;
        }
    return all_levels(finest, found->record.at("rate"));
}

}  // namespace

std::shared_ptr<const SoundWaveform> waveform_of_file(
    const std::filesystem::path& path, const std::string& name, const Cache& cache, const Cancel& cancel,
    const std::function<void(std::shared_ptr<const SoundWaveform>)>& grown) {
    const std::string key = content_hash("waveform 1 " + decoder_version() + " " + name);
    if (cache.is_on())
        if (auto known = find(cache, key)) return known;
    AudioReader reader(path);
    const double rate = reader.info().sample_rate;
    Finest finest;
    finest.channels.assign(static_cast<std::size_t>(reader.info().channels), {Waveform::finest_cell, {}, {}, {}});
    auto told = std::chrono::steady_clock::now();
    read_ahead(reader, piece_frames, cancel, [&](AudioView<const float> audio) {
        finest.push(audio);
        if (std::chrono::steady_clock::now() - told < growth_period) return;
        grown(all_levels(finest, rate));
        told = std::chrono::steady_clock::now();
    });
    if (cache.is_on()) keep(cache, key, finest, rate);
    return all_levels(finest, rate);
}

}  // namespace lathe
