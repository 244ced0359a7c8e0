// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/simd/multiply_add_body.h"
#include "dsp/simd/scans.h"

namespace lathe {
namespace detail {

constexpr std::size_t scan_row = 16, scan_chunk = 256;

// Powers of a pole; those too small to matter are 0, which keeps subnormal factors out.
template <class Arch>
struct PolePowers {
    double a1, a2, a3, a4, a8, a12, a16;
    explicit PolePowers(double pole)
        : a1(kept(pole)),
          a2(kept(a1 * a1)),
          a3(kept(a1 * a2)),
          a4(kept(a2 * a2)),
          a8(kept(a4 * a4)),
          a12(kept(a4 * a8)),
          a16(kept(a8 * a8)) {}
    static double kept(double power) { return power > 1e-30 ? power : 0; }
};

template <class Arch, class Sample>
xsimd::batch<double, Arch> widened(const Sample* in) {
    alignas(64) double lanes[xsimd::batch<double, Arch>::size];
    for (std::size_t k = 0; k < xsimd::batch<double, Arch>::size; ++k) lanes[k] = in[k];
    return xsimd::batch<double, Arch>::load_aligned(lanes);
}
// y ↦ power · y + share, row by row in double; with Reset: and not below reset. At most scan_chunk frames.
template <class Arch, bool Reset, class Sample>
void run_rows(double power, const Sample* reset, const Sample* share, Sample* out, std::size_t n, double* carry) {
    using Wide = xsimd::batch<double, Arch>;
    constexpr std::size_t parts = scan_row / Wide::size;
    alignas(64) double rows[scan_chunk];
    Wide y[parts];
    for (std::size_t p = 0; p < parts; ++p) y[p] = Wide::load_unaligned(carry + p * Wide::size);
    const Wide decay(power);
    for (std::size_t i = 0; i < n; i += scan_row)
        for (std::size_t p = 0; p < parts; ++p) {
            const std::size_t at = i + p * Wide::size;
            y[p] = multiply_add(decay, y[p], widened<Arch>(share + at));
            if constexpr (Reset) y[p] = xsimd::max(y[p], widened<Arch>(reset + at));
            y[p].store_aligned(rows + at);
        }
    for (std::size_t p = 0; p < parts; ++p) y[p].store_unaligned(carry + p * Wide::size);
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<Sample>(rows[i]);
}
}  // namespace detail

template <class Arch, class Sample>
void OnePoleScan::operator()(Arch, double pole, const Sample* in, Sample* out, std::size_t n, double* carry) {
    using Batch = xsimd::batch<Sample, Arch>;
    using detail::scan_chunk, detail::scan_row;
    const detail::PolePowers<Arch> power(pole);
    const auto all = [](double value) { return Batch(static_cast<Sample>(value)); };
    const Batch b0 = all(1 - pole), b1 = all((1 - pole) * power.a1), b2 = all((1 - pole) * power.a2),
                b3 = all((1 - pole) * power.a3);
    const Batch a4 = all(power.a4), a8 = all(power.a8), a12 = all(power.a12);
    alignas(64) Sample four[scan_row + scan_chunk], sixteen[scan_chunk];
    for (std::size_t start = 0; start < n; start += scan_chunk) {
        const std::size_t count = n - start < scan_chunk ? n - start : scan_chunk;
        const Sample* x = in + start - scan_row;
        for (std::size_t i = 0; i < scan_row + count; i += Batch::size) {
            const auto ago = [&](std::size_t k) { return Batch::load_unaligned(x + i - k); };
            const Batch newer = detail::multiply_add(b1, ago(1), b0 * ago(0)),
                        older = detail::multiply_add(b3, ago(3), b2 * ago(2));
            (newer + older).store_aligned(four + i);
        }
        for (std::size_t i = 0; i < count; i += Batch::size) {
            const auto ago = [&](std::size_t k) { return Batch::load_unaligned(four + scan_row + i - k); };
            const Batch newer = detail::multiply_add(a4, ago(4), ago(0)),
                        older = detail::multiply_add(a12, ago(12), a8 * ago(8));
            (newer + older).store_aligned(sixteen + i);
        }
        detail::run_rows<Arch, false, Sample>(power.a16, nullptr, sixteen, out + start, count, carry);
    }
}

// (reset, share) stands for y ↦ max(reset, aᵏ y + share). A reset is carried on as reset + (share − (1 − aᵏ) reset):
// rounding of a power close to 1 would add up.
template <class Arch, class Sample>
void ReleaseScan::operator()(Arch, double pole, const Sample* in, Sample* out, std::size_t n, double* carry) {
    using Batch = xsimd::batch<Sample, Arch>;
    using detail::scan_chunk, detail::scan_row;
    const detail::PolePowers<Arch> power(pole);
    const auto all = [](double value) { return Batch(static_cast<Sample>(value)); };
    const Batch b0 = all(1 - pole), b1 = all((1 - pole) * power.a1), b2 = all((1 - pole) * power.a2),
                b3 = all((1 - pole) * power.a3);
    const Batch a4 = all(power.a4), gone4 = all(power.a4 - 1);
    alignas(64) Sample four_reset[scan_row + scan_chunk], four_share[scan_row + scan_chunk];
    alignas(64) Sample reset16[scan_chunk], share16[scan_chunk];
    for (std::size_t start = 0; start < n; start += scan_chunk) {
        const std::size_t count = n - start < scan_chunk ? n - start : scan_chunk;
        const Sample* x = in + start - scan_row;
        for (std::size_t i = 0; i < scan_row + count; i += Batch::size) {
            const auto ago = [&](std::size_t k) { return Batch::load_unaligned(x + i - k); };
            const Batch x0 = ago(0), x1 = ago(1), x2 = ago(2), x3 = ago(3);
            Batch reset = xsimd::max(x2, detail::multiply_add(b0, x2 - x3, x3));
            reset = xsimd::max(x1, detail::multiply_add(b0, x1 - reset, reset));
            reset = xsimd::max(x0, detail::multiply_add(b0, x0 - reset, reset));
            const Batch newer = detail::multiply_add(b1, x1, b0 * x0), older = detail::multiply_add(b3, x3, b2 * x2);
            reset.store_aligned(four_reset + i);
            (newer + older).store_aligned(four_share + i);
        }
        for (std::size_t i = 0; i < count; i += Batch::size) {
            const Sample *resets = four_reset + scan_row + i, *shares = four_share + scan_row + i;
            Batch reset = Batch::load_unaligned(resets - 12), share = Batch::load_unaligned(shares - 12);
            for (std::size_t k = 12; k > 0;) {
                k -= 4;
                const Batch next = Batch::load_unaligned(shares - k);
                reset = xsimd::max(Batch::load_unaligned(resets - k), reset + detail::multiply_add(gone4, reset, next));
                share = detail::multiply_add(a4, share, next);
            }
            reset.store_aligned(reset16 + i);
            share.store_aligned(share16 + i);
        }
        detail::run_rows<Arch, true, Sample>(power.a16, reset16, share16, out + start, count, carry);
    }
}

}  // namespace lathe
