// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace lathe {

/// What an axis shows, from its beginning to its end.
struct Range {
    double low, high;
};

/// A place along an axis, from 0 at its beginning to 1.
struct Tick {
    double at;
    std::string label;    ///< empty: a line alone
    bool strong = false;  ///< drawn stronger than its neighbours
};

struct Axis {
    Range range;
    std::string title;  ///< with the unit
    bool is_logarithmic = false;
    std::vector<Tick> ticks{};

    /// Where a value lies: from 0 at the axis's beginning to 1.
    double place(double value) const;
};

/// Logarithmic, digit by digit of each decade; 1, 2 and 5 are labelled.
Axis frequency_axis(Range hz);
/// Labelled at whole multiples of step; 0 is strong.
Axis linear_axis(Range range, const std::string& title, double step = 10);
/// At most `most` labels, of the form that the range asks for: s, m:ss, h:mm:ss or h:mm, which the title names.
Axis time_axis(Range seconds, int most = 12);

}  // namespace lathe
