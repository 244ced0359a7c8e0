// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/limiter_style.h"

namespace lathe {

ReleaseShape release_shape(const LimiterSettings& settings) {
    const double time = settings.release_ms.number;
    const bool automatic = !settings.release_ms.word.empty();
    switch (settings.style) {
        case LimiterStyle::punchy:
            if (automatic) return {2, {{1, 50, 0}, {1, 600, 150}}};
            return {2, {{1, time / 4, 0}, {0.5, 3.2589 * time, 0}}};  // 0.5 exp(−1 / 3.2589) = exp(−1)
        case LimiterStyle::dense:
            if (automatic) return {0, {{1, 40, 0}, {1, 400, 150}}};
            return {0, {{1, time / 8, 0}, {0.45, 4.9628 * time, 0}}};  // 0.45 exp(−1 / 4.9628) = exp(−1)
        default:
            if (automatic) return {12.5, {{1, 80, 0}, {1, 1000, 200}}};
            return {12.5, {{1, time, 0}}};
    }
}

}  // namespace lathe
