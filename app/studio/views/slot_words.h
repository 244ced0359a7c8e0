// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/player/listening.h"
#include "app/studio/shell/look.h"

namespace lathe {

/// The colour of the signal in a slot, and its word.
inline ImU32 colour_of(Slot slot) {
    return slot == Slot::source ? look().source : slot == Slot::master ? look().master : look().reference;
}
inline const char* word_of(Slot slot) {
    return slot == Slot::source ? "source" : slot == Slot::master ? "master" : "reference";
}

}  // namespace lathe
