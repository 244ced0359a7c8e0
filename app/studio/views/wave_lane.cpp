// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/wave_lane.h"

#include "app/studio/shell/look.h"

namespace lathe {

void draw_wave(const PlotArea& area, const WaveColumns& columns, ImU32 colour) {
    area.fill_between(columns.low, columns.high, with_alpha(colour, 0.55f));
    area.fill_between(columns.rms_low, columns.rms_high, colour);
}

void draw_levels(const PlotArea& area, const std::vector<float>& values, ImU32 colour, float points) {
    std::vector<double> x(values.size()), y(values.begin(), values.end());
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = area.x_at(area.low().x + static_cast<float>(i) + 0.5f);
    area.curve(x, y, colour, points);
}

}  // namespace lathe
