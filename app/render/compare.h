// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/cancel.h"

namespace lathe {

/// What is left in one frequency band when the best match has been taken away.
struct ResidualBand {
    double hz = 0;                      ///< centre of the octave
    std::optional<double> residual_db;  ///< relative to A in that band; none: A or the residual is silent there
};

/// A stretch in which B differs from A beyond the overall gain and offset.
struct ResidualSpan {
    double from_s = 0, to_s = 0;
    double gain_db = 0;  ///< of B over A in it
    std::optional<double> residual_rms_dbfs;
};

/// The null test of two files: B is aligned with A to the sample and to the best gain, and taken away.
struct Comparison {
    bool identical = false;                                       ///< the same samples, none late, none louder
    std::optional<double> residual_rms_dbfs, residual_peak_dbfs;  ///< after matching; none: nothing is left
    double gain_db =
        0;  ///< of B over A: the median of what single seconds say, so that a changed passage does not count
    Frames offset_samples = 0;  ///< B is this late
    std::vector<ResidualBand> bands;
    std::vector<ResidualSpan> spans;
};

/// Throws InputError for bad files, and for two that cannot be compared (rate, channels).
Comparison compare_files(const std::filesystem::path& a, const std::filesystem::path& b, const Cancel& cancel);

}  // namespace lathe
