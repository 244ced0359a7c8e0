// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "app/render/cache.h"
#include "dsp/linear/reverb.h"

namespace lathe {

/// A reverberation's responses out of the cache, to the bit as they were made; else made, and kept: a hall takes longer
/// to build than a short song to master.
/// settings: names everything that they follow from but the program.
PreparedReverb remembered_reverb(const Cache& cache, const std::string& settings,
                                 const std::function<PreparedReverb()>& make);

}  // namespace lathe
