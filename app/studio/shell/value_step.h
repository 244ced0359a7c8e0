// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/field.h"

namespace lathe {

/// Whether a setting is moved by factors: frequencies, times and Q.
bool moves_by_factor(const Field& field);

/// The value that lies so many points of a pointer's way from another, within the field's range: levels 0.1 dB in two
/// points, what moves by factor an octave in 96, else the range in 400. It comes out in steps that can be read (0.1 dB,
/// three digits, 0.01), ten times smaller ones where `fine`. A cut frequency or time that may be 0 goes there below
/// 20 Hz or 0.1 ms.
double stepped(const Field& field, double from, double points, bool fine);

/// Where a value lies in its field's range, 0…1; nothing without both ends.
std::optional<double> share_of_range(const Field& field, double value);

}  // namespace lathe
