// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/columns.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lathe {
namespace {

bool same(TimeSpan a, TimeSpan b) { return a.from_s == b.from_s && a.to_s == b.to_s; }

struct Cells {
    std::ptrdiff_t from, to;
};

/// Which of count cells of so many seconds lie in column i; at least one where there is any.
Cells cells_of(int i, int width, TimeSpan span, double cell_s, std::size_t count) {
    const double column = span.length() / width;
    const auto from = static_cast<std::ptrdiff_t>(std::floor((span.from_s + i * column) / cell_s));
    const auto to = static_cast<std::ptrdiff_t>(std::ceil((span.from_s + (i + 1) * column) / cell_s));
    const auto end = static_cast<std::ptrdiff_t>(count);
    return {std::clamp<std::ptrdiff_t>(from, 0, end), std::clamp<std::ptrdiff_t>(std::max(to, from + 1), 0, end)};
}

/// One value a column: the furthest from 0 or the highest of its cells.
template <class Further>
std::vector<float> columns_of(const std::vector<float>& cells, double cell_s, TimeSpan span, int width,
                              Further further) {
    std::vector<float> values(static_cast<std::size_t>(width), std::numeric_limits<float>::quiet_NaN());
    for (int i = 0; i < width; ++i) {
        float& value = values[static_cast<std::size_t>(i)];
        const Cells in = cells_of(i, width, span, cell_s, cells.size());
        for (std::ptrdiff_t k = in.from; k < in.to; ++k) {
            const float cell = cells[static_cast<std::size_t>(k)];
            if (!std::isnan(cell) && (std::isnan(value) || further(cell, value))) value = cell;
        }
    }
    return values;
}

}  // namespace

void WaveColumns::update(const std::shared_ptr<const SoundWaveform>& of, const Sound& sound, TimeSpan span, int width) {
    if (of_ == of && same(span, span_) && low.size() == static_cast<std::size_t>(width)) return;
    const SoundWaveform& waveform = *of;
    of_ = of;
    span_ = span;
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    for (std::vector<float>* column : {&low, &high, &rms_low, &rms_high})
        column->assign(static_cast<std::size_t>(width), none);
    const double frames_per_column = span.length() * waveform.rate / width;
    if (frames_per_column < static_cast<double>(Waveform::finest_cell) && sound.audio) {  // from the samples themselves
        const auto first = std::max<Frames>(0, static_cast<Frames>(std::floor(span.from_s * waveform.rate)));
        const Frames last =
            std::min(static_cast<Frames>(std::ceil(span.to_s * waveform.rate)) + 1, sound.audio->frames());
        if (first >= last) return;
        AudioBuffer<float> samples(sound.audio->channels(), last - first);
        sound.audio->read(first, samples.view());
        for (int i = 0; i < width; ++i) {
            const Cells in = cells_of(i, width,
                                      {span.from_s - static_cast<double>(first) / waveform.rate,
                                       span.to_s - static_cast<double>(first) / waveform.rate},
                                      1 / waveform.rate, static_cast<std::size_t>(samples.frames()));
            const auto at = static_cast<std::size_t>(i);
            for (int c = 0; c < samples.channels(); ++c)
                for (std::ptrdiff_t k = in.from; k < in.to; ++k) {
                    const float x = samples.channel(c)[k];
                    low[at] = std::isnan(low[at]) ? x : std::min(low[at], x);
                    high[at] = std::isnan(high[at]) ? x : std::max(high[at], x);
                }
        }
        return;
    }
    for (const Waveform& channel : waveform.channels) {
        std::size_t chosen = 0;
        while (chosen + 1 < channel.levels.size() &&
               static_cast<double>(channel.levels[chosen + 1].cell_frames) <= frames_per_column)
            ++chosen;
        if (channel.levels.empty()) continue;
        const WaveformLevel& level = channel.levels[chosen];
        for (int i = 0; i < width; ++i) {
            const Cells in =
                cells_of(i, width, span, static_cast<double>(level.cell_frames) / waveform.rate, level.low.size());
            const auto at = static_cast<std::size_t>(i);
            for (std::ptrdiff_t k = in.from; k < in.to; ++k) {
                const auto cell = static_cast<std::size_t>(k);
                low[at] = std::isnan(low[at]) ? level.low[cell] : std::min(low[at], level.low[cell]);
                high[at] = std::isnan(high[at]) ? level.high[cell] : std::max(high[at], level.high[cell]);
                rms_high[at] = std::isnan(rms_high[at]) ? level.rms[cell] : std::max(rms_high[at], level.rms[cell]);
                rms_low[at] = -rms_high[at];
            }
        }
    }
}

void LevelColumns::update(const std::shared_ptr<const LevelHistory>& levels, std::vector<float> LoudnessCurves::*curve,
                          TimeSpan span, int width) {
    if (of_ == levels && same(span, span_) && values.size() == static_cast<std::size_t>(width)) return;
    of_ = levels;
    span_ = span;
    constexpr double hop_s = 0.01;
    values = columns_of(levels->loudness.*curve, hop_s, span, width, [](float a, float b) { return a > b; });
}

void GainColumns::update(const KeptPreview& preview, TimeSpan span, int width) {
    if (of_ == preview && same(span, span_) && values.size() == static_cast<std::size_t>(width)) return;
    of_ = preview;
    span_ = span;
    values.assign(static_cast<std::size_t>(width), 0);
    for (const StageGains& stage : preview->gains) {
        if (stage.stage != "limiter" || stage.history.bands.empty()) continue;
        values = columns_of(stage.history.bands.front(), GainHistory::seconds_per_entry, span, width,
                            [](float a, float b) { return a < b; });
        for (float& value : values)
            if (std::isnan(value)) value = 0;
    }
}

}  // namespace lathe
