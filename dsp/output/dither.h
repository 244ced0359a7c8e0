// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace lathe {

enum class DitherKind { tpdf, shaped, off };
inline constexpr std::array<std::string_view, 3> dither_words{"tpdf", "shaped", "off"};

/// The error feedback of shaped dither at a rate: c1, c2, … of v = x − Σ c_k e[n − k], e = y − v, which shapes the
/// noise by 1 − Σ c_k z^−k. Low Shibata curves, made for 44.1 and for 48 kHz (from SSRC; also in SoX), each used within
/// 5 % of its rate; empty elsewhere, where shaped dither is plain TPDF.
std::span<const double> shaping_filter(double rate);

/// The most that quantising can move a sample, in steps of the target depth: rounding and dither, 1.5 for TPDF, times 1
/// + Σ |c_k| where shaped.
double dither_peak_lsb(DitherKind kind, double rate);

}  // namespace lathe
