// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/album.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// A linear processor's responses as they stand in a chain: mixed with what it was given, and on its part of the pair
/// alone. matrix: of one channel, where that part is not the whole pair. Throws BadSetting where that cannot be.
FirMatrix in_chain(FirMatrix matrix, const CommonSettings& common);

}  // namespace lathe
