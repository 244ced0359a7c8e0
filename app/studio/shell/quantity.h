// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "dsp/core/field.h"

namespace lathe {

/// A number with its unit, as a control shows it: "−2.5 dB", "2.40 kHz", "30 ms", "−∞ dB".
std::string quantity_text(double value, std::string_view unit);
/// The same with the hundredths of a level that has any.
std::string setting_text(double value, std::string_view unit);
/// With a sign always, for what is added.
std::string signed_text(double value, std::string_view unit);
/// A text whose hyphens stand for minus, with true ones: "A4 −12 cents".
std::string with_minus(std::string text);
/// What a hand typed: "-3 dB", "2.5k", "2,5", "50 %" where there is no unit, "1:30" where it is s. Nothing if it is no
/// number of that unit.
std::optional<double> typed_quantity(std::string_view text, std::string_view unit);
/// A value that is not there.
inline constexpr const char* no_value = "\u2013";
/// "−14.0 LUFS", or no_value.
std::string measured_text(const std::optional<double>& value, const char* unit, int decimals = 1);
/// m:ss, or m:ss.mmm.
std::string time_text(double seconds, bool exact = false);

}  // namespace lathe
