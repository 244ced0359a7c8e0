// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>

#include "app/plot/axis.h"
#include "app/plot/theme.h"

namespace lathe {

class Canvas;

/// A picture of curves over frequency: 1200 × 640, a logarithmic axis of Hz, a linear one of dB, a title above.
class Figure {
public:
    Figure(const Theme& theme, const std::string& title, Range hz, Range db, const std::string& db_label);
    ~Figure();

    /// A curve; points outside the axes are cut off.
    void line(std::span<const double> hz, std::span<const double> db, int series, double width);
    /// What lies between two curves over the same frequencies.
    void band(std::span<const double> hz, std::span<const double> low_db, std::span<const double> high_db, int series);
    /// Dashed uprights with a text at the head of each, in four rows so that neighbours have room.
    struct Mark {
        double hz;
        std::string text;
    };
    void marks(std::span<const Mark> marks);
    /// Names a series, top right, in the order of the calls.
    void legend(const std::string& text, int series, bool filled);

    /// The picture as the bytes of a PNG file.
    std::string png();

private:
    double x(double hz) const;
    double y(double db) const;

    Range hz_, db_;
    std::unique_ptr<Canvas> canvas_;
    double legend_x_ = 0;
};

}  // namespace lathe
