// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "dsp/core/field.h"

namespace lathe {

/// What a setting is called on screen: "threshold" for threshold_db, "release" for release_ms. Its unit stands with its
/// value.
std::string label_of(const Field& field);
/// A word of the album file as people read it: "low shelf" for low_shelf.
std::string spoken(std::string_view word);

}  // namespace lathe
