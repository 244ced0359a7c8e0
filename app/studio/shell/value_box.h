// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/studio/shell/controls.h"

namespace lathe {

/// What a value looks like: "−2.35 dB", "120 Hz · 1.00 kHz", "auto", "–".
std::string value_text(const Field& field, const Value& value);

/// The box of a number, a list of numbers or a text: drag (Shift: fine), Ctrl-wheel, double-click to type (Enter takes
/// it, Escape leaves it, Tab takes it and goes on to the next box), right-click resets. shown: what stands in it.
Handled value_box(const std::string& name, const Field& field, const Value& value, float width,
                  const std::string& shown);

}  // namespace lathe
