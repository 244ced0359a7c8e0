// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/media/audio_file.h"
#include "dsp/core/cancel.h"
#include "dsp/measure/spectrum.h"

namespace lathe {

struct FileSpectrum {
    AudioInfo info;
    Spectrum spectrum;
};

/// Reads the whole file and measures its spectrum. Throws InputError for a bad file or a part that it does not have.
FileSpectrum spectrum_of_file(const std::filesystem::path& path, const SpectrumSettings& settings,
                              const Cancel& cancel);

}  // namespace lathe
