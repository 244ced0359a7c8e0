// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace lathe {

/// Kernels of the limiter, for Sample = float and double. A reduction is in octaves (of 6.02 dB), never negative.

/// out[i] = max(in[i], pole · out[i − 1]), and 0 where that is below 1e-9: too little to change a sample.
/// in: in[−19] … in[−1] are the frames before it. carry: the 16 outputs before out[0], replaced by the last 16.
/// n: a multiple of 16. in and out do not overlap. 0 <= pole < 1.
struct ReductionFall {
    template <class Arch, class Sample>
    void operator()(Arch, double pole, const Sample* in, Sample* out, std::size_t n, double* carry);
};

/// The mean over three boxes in a row. It runs on whole numbers, units of 2^−24 octave, that may wrap: sums of sums of
/// sums, whose differences are exact however far the sums have run.
struct BoxLengths {
    std::ptrdiff_t first, second, third;
    double scale;  ///< octaves of one unit at the output: 2^−24 / (first · second · third)
};
/// sums: the running sums, carried on. thrice: the n thrice-summed values; first + second + third of them lie before
/// it. in is rounded down to whole units.
struct ReductionBoxes {
    template <class Arch, class Sample>
    void operator()(Arch, BoxLengths boxes, const Sample* in, std::uint64_t* sums, std::uint64_t* thrice, Sample* out,
                    std::size_t n);
};

struct ReductionTotal {
    double sum, count;
};
/// The values above `least`: their sum and number; any n up to 2^16.
struct ReductionAbove {
    template <class Arch, class Sample>
    ReductionTotal operator()(Arch, const Sample* reduction, Sample least, std::size_t n);
};

}  // namespace lathe
