// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// Kernels of level detection, for Sample = float and double. n: a multiple of 16, but for Largest.

/// out[i] = the largest |in[c · stride + i]| of all channels, at least floor. A NaN counts as floor.
struct LargestMagnitude {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* in, std::ptrdiff_t stride, int channels, Sample floor, Sample* out,
                    std::size_t n);
};

/// out[i] = max(|in[i]|, floor)². A NaN counts as floor.
struct FlooredSquare {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* in, Sample floor, Sample* out, std::size_t n);
};

/// out[i] = max(a[i], b[i]); out may be a or b, but not overlap them otherwise.
struct LargerOf {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* a, const Sample* b, Sample* out, std::size_t n);
};

/// out[i] = max(x[i], x[i − first], x[i − second], x[i − third]): the offsets reach back before x[0]. out does not
/// overlap x.
struct LargestOfFour {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* x, std::ptrdiff_t first, std::ptrdiff_t second, std::ptrdiff_t third,
                    Sample* out, std::size_t n);
};

/// The largest x[i], or 0 if none is above it; any n.
struct Largest {
    template <class Arch, class Sample>
    Sample operator()(Arch, const Sample* x, std::size_t n);
};

}  // namespace lathe
