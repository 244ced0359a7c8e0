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
    std::vector<Tick> ticks;
    std::string title;
};

/// Logarithmic, digit by digit of each decade; 1, 2 and 5 are labelled.
Axis frequency_axis(Range hz);
double frequency_place(double hz, Range range);
/// Every 10 dB; 0 is strong.
Axis decibel_axis(Range db, const std::string& title);
/// At most `most` labels, of the form that the range asks for: s, m:ss, h:mm:ss or h:mm, which the title names.
Axis time_axis(Range seconds, int most);

}  // namespace lathe
