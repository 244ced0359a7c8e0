// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <random>

namespace lathe {

/// The probability of naming at least `right` of `trials` by tossing a coin: Σ over k ≥ right of C(trials, k) /
/// 2^trials.
double chance_of(int right, int trials);

/// A blind A/B/X test: in every trial X is secretly A or B, one as likely as the other.
class BlindTest {
public:
    enum class Side { a, b };
    /// Bits to draw from: at random; or, from a seed, the same every time.
    static std::function<bool()> random_bits();
    static std::function<bool()> seeded_bits(std::uint64_t seed);

    explicit BlindTest(std::function<bool()> draw) : draw_(std::move(draw)) { hide(); }

    /// What X is now: for the ear alone.
    Side hidden() const { return hidden_; }
    /// X is said to be that: counted, and another X is hidden. Returns whether it was right.
    bool answer(Side side);
    int trials() const { return trials_; }
    int right() const { return right_; }
    double chance() const { return chance_of(right_, trials_); }

private:
    void hide() { hidden_ = draw_() ? Side::b : Side::a; }

    std::function<bool()> draw_;
    Side hidden_ = Side::a;
    int trials_ = 0, right_ = 0;
};

}  // namespace lathe
