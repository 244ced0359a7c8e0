// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace lathe {

/// Kernels of clipping at a raised rate, for Sample = float and double. Input and output do not overlap.

/// out[i] = Σ_k taps[k] · (after[i + k] + before[i − k]). n: a multiple of 64.
struct SymmetricSum {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* taps, std::size_t tap_count, const Sample* before, const Sample* after,
                    Sample* out, std::size_t n);
};

/// out[2 i] = even[i], out[2 i + 1] = odd[i].
struct Interleave {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* even, const Sample* odd, Sample* out, std::size_t n);
};

/// out[i] = in[2 i + 1].
struct TakeOdd {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* in, Sample* out, std::size_t n);
};

/// x[i] = (x[i] + in[2 i]) / 2.
struct AverageWithEven {
    template <class Arch, class Sample>
    void operator()(Arch, const Sample* in, Sample* x, std::size_t n);
};

/// x[i] becomes what a soft clip takes from it: with e = max(|x| − start, 0) and b = min(e, knee), the negative of
/// x's sign times b² / (2 knee) + e − b. 0 up to start; from start + knee on it takes all beyond start + knee / 2.
struct SoftClipChange {
    template <class Arch, class Sample>
    void operator()(Arch, Sample start, Sample knee, Sample* x, std::size_t n);
};

/// The largest |x[i]|; a NaN counts as 0.
struct LargestSize {
    template <class Arch, class Sample>
    Sample operator()(Arch, const Sample* x, std::size_t n);
};

}  // namespace lathe
