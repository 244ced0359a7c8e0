// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/measure_file.h"

#include <cmath>

#include "app/render/read_ahead.h"
#include "dsp/core/decibel.h"
#include "dsp/measure/levels.h"
#include "dsp/measure/true_peak.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = 1 << 16;

std::optional<double> finite(double db) { return std::isfinite(db) ? std::optional(db) : std::nullopt; }

int bits_for_clipping(SampleFormat format) { return is_integer(format) ? bits_of(format) : 0; }

}  // namespace

struct FileMeter::Meters {
    Meters(const AudioInfo& file, MonoWeight weight)
        : info(file),
          mono(weight),
          loudness(file.channels, file.sample_rate, weight),
          peak(file.channels, workers),
          levels(file.channels, full_scale(bits_for_clipping(file.format))) {}

    AudioInfo info;
    MonoWeight mono;
    TbbWorkers workers;
    LoudnessMeter<float> loudness;
    TruePeakMeter<float> peak;
    LevelMeter<float> levels;
};

FileMeter::FileMeter(const AudioInfo& info, MonoWeight mono) : meters_(std::make_unique<Meters>(info, mono)) {
    meters_->info.frames = 0;
}
FileMeter::~FileMeter() = default;

void FileMeter::push(AudioView<const float> audio) {
    at_once([&] { meters_->loudness.push(audio); },
            [&] {
                meters_->levels.push(audio);
                meters_->peak.push(audio);
            });
    meters_->info.frames += audio.frames;
}

FileMeasurement FileMeter::finish() {
    meters_->loudness.finish();
    meters_->peak.finish();
    FileMeasurement m;
    m.info = meters_->info;
    m.loudness = meters_->loudness.blocks();
    m.integrated_lufs = integrated_lufs(m.loudness);
    m.momentary_max_lufs = momentary_max_lufs(m.loudness);
    m.short_term_max_lufs = short_term_max_lufs(m.loudness);
    m.loudness_range_lu = loudness_range_lu(m.loudness);
    m.true_peak_dbtp = finite(db_from_gain(meters_->peak.true_peak().value));
    m.sample_peak_dbfs = finite(db_from_gain(meters_->peak.sample_peak()));
    if (m.true_peak_dbtp && m.integrated_lufs) m.plr_lu = *m.true_peak_dbtp - *m.integrated_lufs;
    if (m.info.channels == 1)
        m.dual_mono_lufs = integrated_lufs(m.loudness, meters_->mono == MonoWeight::dual ? 0 : db_from_power(2));
    const Levels l = meters_->levels.finish();
    for (const ChannelLevels& channel : l.channels) m.dc_offset.push_back(channel.dc_offset);
    m.clipped_samples = l.clipped();
    m.correlation = l.correlation;
    m.leading_silence_s = static_cast<double>(l.leading_silence) / m.info.sample_rate;
    m.trailing_silence_s = static_cast<double>(l.trailing_silence) / m.info.sample_rate;
    return m;
}

FileMeasurement measure_file(const std::filesystem::path& path, MonoWeight mono, const Cancel& cancel) {
    AudioReader reader(path);
    FileMeter meter(reader.info(), mono);
    read_ahead(reader, piece_frames, cancel, [&](AudioView<const float> audio) { meter.push(audio); });
    FileMeasurement m = meter.finish();
    m.info = reader.info();
    return m;
}

}  // namespace lathe
