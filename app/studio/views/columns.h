// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "app/studio/model/analyses.h"
#include "app/studio/model/render_loop.h"
#include "app/studio/views/studio.h"

/// What a stretch of time looks like in so many columns of pixels. Each remembers what it was last made of, and is made
/// anew only when that has changed.
namespace lathe {

/// The lowest and highest sample of each column over all channels, and its RMS to both sides.
struct WaveColumns {
    std::vector<float> low, high, rms_low, rms_high;
    void update(const std::shared_ptr<const SoundWaveform>& waveform, const Sound& sound, TimeSpan span, int width);

private:
    std::shared_ptr<const SoundWaveform> of_;
    TimeSpan span_;
};

/// The highest value of each column of a loudness curve; NaN: none.
struct LevelColumns {
    std::vector<float> values;
    void update(const std::shared_ptr<const LevelHistory>& levels, std::vector<float> LoudnessCurves::*curve,
                TimeSpan span, int width);

private:
    std::shared_ptr<const LevelHistory> of_;
    TimeSpan span_;
};

/// The furthest that the last limiter turned down in each column, dB.
struct GainColumns {
    std::vector<float> values;
    void update(const KeptPreview& preview, TimeSpan span, int width);

private:
    KeptPreview of_;
    TimeSpan span_;
};

}  // namespace lathe
