// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/render/spectrum_file.h"

namespace lathe {

/// The `spectrum` document.
nlohmann::ordered_json to_json(const FileSpectrum& file);
/// Lines of hz,average_db,peak_db,p10_db,p50_db,p90_db,noise_hz behind a heading of those names.
std::string spectrum_csv(const Spectrum& spectrum);
/// A few octave bands, as a table.
std::string spectrum_text(const FileSpectrum& file);

}  // namespace lathe
