// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "app/player/listening.h"

namespace lathe {

/// One of SoloBand's two equal sections: H(z) = b (1 − z⁻²) / (1 + a1 z⁻¹ + a2 z⁻²), RBJ's band-pass of 0 dB at its
/// centre.
struct BandPass {
    double b = 0, a1 = 0, a2 = 0;
    bool operator==(const BandPass&) const = default;
};
BandPass band_pass(const SoloBand& band, double rate);

/// What both sections remember of one channel.
class BandPassMemory {
public:
    double step(const BandPass& f, double x) { return section(f, second_, section(f, first_, x)); }
    /// So that silence does not end in denormals.
    void settle();

private:
    using State = std::array<double, 2>;
    static double section(const BandPass& f, State& s, double x) {
        const double y = f.b * x + s[0];
        s[0] = s[1] - f.a1 * y;
        s[1] = -f.b * x - f.a2 * y;
        return y;
    }
    State first_{}, second_{};
};

}  // namespace lathe
