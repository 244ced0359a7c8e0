// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/plot/chart.h"
#include "dsp/measure/level_history.h"

/// Charts of levels over time. A curve has about as many points as a chart has pixels, each the largest of its time, so
/// that no peak is lost.
namespace lathe {

/// What a programme was to keep to: lines across its chart.
struct LevelTargets {
    std::optional<double> loudness_lufs, true_peak_dbtp;
};

/// Momentary, short-term and integrated loudness, and true peak.
Chart loudness_chart(const LevelHistory& history, const std::string& title, const LevelTargets& targets = {});

/// A programme among others, and what its part of the chart is called.
struct NamedHistory {
    std::string name;
    const LevelHistory* history;
};
/// Short-term and integrated loudness, and true peak, of programmes end to end.
Chart album_loudness_chart(const std::vector<NamedHistory>& parts, const std::string& title,
                           const LevelTargets& targets);

/// The extremes and the RMS of all channels together.
Chart waveform_chart(const LevelHistory& history, const std::string& title);

}  // namespace lathe
