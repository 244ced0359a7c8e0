// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/plot/theme.h"
#include "app/render/spectrogram_file.h"

namespace lathe {

/// What of a spectrogram a picture shows.
struct SpectrogramView {
    double from_s, to_s;
    double range_db;  ///< from the darkest to the brightest; the brightest is the loudest, rounded up to 10 dB
    std::string title;
};

/// The picture as the bytes of a PNG file, from the level that has a column or two for each of its pixels. A pixel that
/// stands for several cells shows the highest.
std::string spectrogram_picture(FileSpectrogram& file, const SpectrogramView& view, const Theme& theme,
                                const Cancel& cancel);
/// The `spectrogram` document: how large it is and what a cell means.
nlohmann::ordered_json to_json(const FileSpectrogram& file, const SpectrogramSettings& settings);
/// The same in a line.
std::string spectrogram_text(const FileSpectrogram& file);

}  // namespace lathe
