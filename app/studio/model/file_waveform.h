// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "app/studio/model/analyses.h"

namespace lathe {

/// A file's waveform: out of the cache, if it was kept there by that name, or else read and kept. grown(what there is
/// so far) is called while it is read, some times a second. name: another one for every content. Throws InputError,
/// Cancelled.
std::shared_ptr<const SoundWaveform> waveform_of_file(
    const std::filesystem::path& path, const std::string& name, const Cache& cache, const Cancel& cancel,
    const std::function<void(std::shared_ptr<const SoundWaveform>)>& grown);

}  // namespace lathe
