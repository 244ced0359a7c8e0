// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/engine/plan.h"

namespace lathe {

int channels_out(const StageSpec& stage, int channels_in) {
    if (const auto* const linear = std::get_if<LinearSpec>(&stage.work)) return linear->matrix->outputs();
    if (const auto* const multiband = std::get_if<MultibandSpec>(&stage.work); multiband && multiband->fused)
        return multiband->bands.front().outputs();
    if (const auto* const splice = std::get_if<SpliceSpec>(&stage.work)) return splice->plans.front().channels_out;
    return channels_in;
}

}  // namespace lathe
