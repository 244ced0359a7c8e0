// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/dither.h"

#include <cmath>

namespace lathe {
namespace {
constexpr double low_shibata_44100[] = {
    2.0833916664,  -3.0418450832, 3.2047898769, -2.7571926117, 1.4978630543,
    -0.3427594602, -0.7173374891, 1.0737057924, -1.0225815773, 0.5664994985,
    -0.2096869200, -0.0653785318, 0.1032243818, -0.0674420223, -0.0049519735,
};
constexpr double low_shibata_48000[] = {
    2.3925774097,  -3.4350297451, 3.1853709221, -1.8117271662, -0.2012476971, 1.4759907722, -1.7210904360, 0.9774670005,
    -0.1379013807, -0.3818590343, 0.2742124200, 0.0665842146,  -0.3522330225, 0.3767234385, -0.2396427691, 0.0686748251,
};
}  // namespace

std::span<const double> shaping_filter(double rate) {
    const auto near = [&](double design) { return std::abs(rate / design - 1) <= 0.05; };
    if (near(44100) && rate < 46000) return low_shibata_44100;  // the ranges overlap: 46 kHz lies midway
    if (near(48000)) return low_shibata_48000;
    return {};
}

double dither_peak_lsb(DitherKind kind, double rate) {
    if (kind == DitherKind::off) return 0.5;
    double spread = 1;
    if (kind == DitherKind::shaped)
        for (const double c : shaping_filter(rate)) spread += std::abs(c);
    return 1.5 * spread;
}

}  // namespace lathe
