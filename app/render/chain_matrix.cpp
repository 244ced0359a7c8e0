// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/chain_matrix.h"

#include "dsp/core/error.h"

namespace lathe {

FirMatrix in_chain(FirMatrix matrix, const CommonSettings& common) {
    if (common.mix != 1) {
        if (matrix.inputs() != matrix.outputs())
            throw BadSetting("mix needs as many channels out as in; use dry_db and wet_db");
        matrix = mixed(matrix, common.mix);
    }
    if (common.channel == Channel::stereo) return matrix;
    if (matrix.outputs() != 1) throw BadSetting("channel = works with a mono impulse response only");
    return on_channel(matrix.at(0, 0), common.channel, 2);
}

}  // namespace lathe
