// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plot/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace lathe {
namespace {

/// Seconds that are round on a clock.
constexpr std::array clock_steps{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,   0.2,   0.5,   1.0,    2.0,    5.0,
                                 10.0,  15.0,  30.0,  60.0, 120., 300., 600.0, 900.0, 1800., 3600.0, 7200.0, 14400.0};

/// With the sign that is as wide as a figure.
std::string with_minus(std::string number) { return number.starts_with('-') ? number.replace(0, 1, "\u2212") : number; }

enum class ClockForm { seconds, minutes, hours_and_seconds, hours };

std::string clock_label(double seconds, ClockForm form, double step) {
    const auto whole = std::llround(seconds);
    switch (form) {
        case ClockForm::seconds:
            return with_minus(fmt::format("{:.{}f}", seconds, step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3));
        case ClockForm::minutes:
            return fmt::format("{}:{:02}", whole / 60, whole % 60);
        case ClockForm::hours_and_seconds:
            return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
        case ClockForm::hours:
            return fmt::format("{}:{:02}", whole / 3600, whole / 60 % 60);
    }
    return {};
}

}  // namespace

double Axis::place(double value) const {
    if (is_logarithmic) return std::log(value / range.low) / std::log(range.high / range.low);
    return (value - range.low) / (range.high - range.low);
}

Axis frequency_axis(Range hz) {
    Axis axis{hz, "frequency in Hz", true};
    for (double decade = 1; decade <= 1e5; decade *= 10)
        for (int digit = 1; digit < 10; ++digit) {
            const double at = digit * decade;
            if (at < hz.low * 0.999 || at > hz.high * 1.001) continue;
            const bool labelled = digit == 1 || digit == 2 || digit == 5;
            axis.ticks.push_back({axis.place(at),
                                  !labelled   ? ""
                                  : at < 1000 ? fmt::format("{}", at)
                                              : fmt::format("{}k", at / 1000),
                                  labelled});
        }
    return axis;
}

Axis linear_axis(Range range, const std::string& title, double step) {
    Axis axis{range, title};
    for (double k = std::ceil(range.low / step - 1e-9); k * step <= range.high + 1e-9; ++k)
        axis.ticks.push_back({axis.place(k * step), with_minus(fmt::format("{:g}", k * step + 0.0)), k == 0});
    return axis;
}

Axis time_axis(Range seconds, int most) {
    const double wanted = (seconds.high - seconds.low) / most;
    const auto found = std::lower_bound(clock_steps.begin(), clock_steps.end(), wanted);
    const double step = found != clock_steps.end() ? *found : std::ceil(wanted / 14400) * 14400;
    const ClockForm form = step < 1 || seconds.high <= 60 ? ClockForm::seconds
                           : seconds.high < 3600          ? ClockForm::minutes
                           : step < 60                    ? ClockForm::hours_and_seconds
                                                          : ClockForm::hours;
    constexpr std::array titles{"time in s", "time in m:ss", "time in h:mm:ss", "time in h:mm"};
    Axis axis{seconds, titles[static_cast<std::size_t>(form)]};
    for (double k = std::max(0.0, std::ceil(seconds.low / step - 1e-6)); k * step <= seconds.high + step * 1e-6; ++k)
        axis.ticks.push_back({axis.place(k * step), clock_label(k * step, form, step), true});
    return axis;
}

}  // namespace lathe
