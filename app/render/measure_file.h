// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "app/media/audio_file.h"
#include "dsp/core/cancel.h"
#include "dsp/measure/loudness.h"

namespace lathe {

/// What a file measures. No value: silence, or too short.
struct FileMeasurement {
    AudioInfo info;
    std::optional<double> integrated_lufs, momentary_max_lufs, short_term_max_lufs, loudness_range_lu;
    std::optional<double> true_peak_dbtp, sample_peak_dbfs, plr_lu;
    std::optional<double> dual_mono_lufs;  ///< mono files
    std::vector<double> dc_offset;         ///< per channel
    Frames clipped_samples = 0;
    std::optional<double> correlation;
    double leading_silence_s = 0, trailing_silence_s = 0;
    LoudnessBlocks loudness;  ///< to pool several files by
};

/// Measures samples as a file that holds them measures.
class FileMeter {
public:
    /// info: its format tells what full scale is. mono: how one channel is weighed.
    FileMeter(const AudioInfo& info, MonoWeight mono);
    ~FileMeter();
    /// Pieces of some 10^5 frames keep two threads busy.
    void push(AudioView<const float> audio);
    /// The file has ended; info.frames is what was pushed. Call once.
    FileMeasurement finish();

private:
    struct Meters;
    std::unique_ptr<Meters> meters_;
};

/// Reads the whole file and measures it. mono: how a mono file is weighed. Throws InputError for a bad file.
FileMeasurement measure_file(const std::filesystem::path& path, MonoWeight mono, const Cancel& cancel);

}  // namespace lathe
