// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/render/programme.h"
#include "dsp/engine/engine.h"

namespace lathe {

/// Those of the reports.
std::vector<StageGains> gains_of(std::vector<StageReport> reports);

/// Those of one part of a programme of so many frames with its tail, from the part's first frame on.
std::vector<StageGains> gains_of_part(const std::vector<StageGains>& gains, const Programme& programme,
                                      std::size_t part, Frames programme_frames);

}  // namespace lathe
