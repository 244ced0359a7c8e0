// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/value_step.h"

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

constexpr double points_per_octave = 96, db_per_point = 0.05, points_per_range = 400, per_point_unbounded = 0.02;
constexpr double least_hz = 20, least_ms = 0.1, least_db = -60;

double rounded_to_digits(double value, int digits) {
    if (value == 0) return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - digits + 1);
    return unit < 1 ? std::round(value / unit) / std::round(1 / unit) : std::round(value / unit) * unit;
}
double rounded_to(double value, double steps_per_one) { return std::round(value * steps_per_one) / steps_per_one; }

bool is_level(std::string_view unit) { return unit == "dB" || unit == "LUFS" || unit == "dBTP"; }

/// Below it a value that moves by factor is as good as its range's end.
double floor_of(const Field& field) {
    if (field.min > 0) return field.min;
    return field.unit == "Hz" ? least_hz : field.unit == "ms" ? least_ms : 1e-3;
}

}  // namespace

bool moves_by_factor(const Field& field) {
    return field.unit == "Hz" || field.unit == "ms" || field.name == "q" || field.name == "ratio";
}

double stepped(const Field& field, double from, double points, bool fine) {
    double value = 0;
    if (moves_by_factor(field)) {
        const double floor = floor_of(field), begin = std::max(from, floor);
        value = begin * std::exp2(points / points_per_octave);
        value = value < floor || (from < floor && points <= 0) ? field.min : rounded_to_digits(value, fine ? 4 : 3);
    } else if (is_level(field.unit)) {
        value = rounded_to(std::max(from, least_db < field.min ? field.min
                                          : std::isinf(from)   ? least_db
                                                               : from) +
                               points * db_per_point,
                           fine ? 100 : 10);
    } else {
        const bool is_bounded = std::isfinite(field.min) && std::isfinite(field.max);
        value = from + points * (is_bounded ? (field.max - field.min) / points_per_range : per_point_unbounded);
        value = rounded_to(value, fine ? 1000 : 100);
    }
    if (field.kind == FieldKind::integer) value = std::round(value);
    return std::clamp(value, field.min, field.max);
}

std::optional<double> share_of_range(const Field& field, double value) {
    if (!std::isfinite(field.min) || !std::isfinite(field.max) || !(field.max > field.min)) return {};
    const double held = std::clamp(value, field.min, field.max);
    if (!moves_by_factor(field)) return (held - field.min) / (field.max - field.min);
    const double floor = floor_of(field);
    return held <= floor ? 0 : std::log(held / floor) / std::log(field.max / floor);
}

}  // namespace lathe
