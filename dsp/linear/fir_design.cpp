// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/fir_design.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "dsp/fft/fft.h"

namespace lathe {
namespace {

/// Shares of each side that are faded out. Nothing suits one resonance best, whose error then lies under its peak; a
/// fade keeps the error from spreading into a skirt.
constexpr double fades[] = {0, 0.15, 0.5};

/// Cuts pieces out of a response and measures them against the goal.
class Cutter {
public:
    Cutter(const PeriodicResponse& response, FirSymmetry symmetry, const MagnitudeGoal& goal)
        : response_(response), symmetry_(symmetry), goal_(goal), half_(static_cast<Frames>(response.size() / 2)) {
        behind_.resize(static_cast<std::size_t>(half_));
        ahead_.resize(static_cast<std::size_t>(half_));
        double behind = 0, ahead = 0;
        for (Frames n = half_ - 1; n >= 0; --n) {
            behind_[static_cast<std::size_t>(n)] = behind = std::max(behind, std::abs(at(n)));
            ahead_[static_cast<std::size_t>(n)] = ahead = std::max(ahead, std::abs(at(-n)));
        }
    }
    double peak() const { return std::max(behind_[0], ahead_[0]); }

    /// Taps of the piece outside which none is larger than `least`.
    Frames length(double least) const { return last_ahead(least) + last_behind(least) + 1; }
    /// That piece.
    Fir cut(double least, double fade) const {
        const Frames behind = last_behind(least), ahead = last_ahead(least);
        Fir fir{std::vector<double>(static_cast<std::size_t>(ahead + behind + 1)), ahead};
        for (Frames n = 0; n <= behind; ++n) tap(fir, n) = at(n) * faded(n, behind, fade);
        for (Frames n = 1; n <= ahead; ++n)
            tap(fir, -n) = symmetry_ == FirSymmetry::symmetric ? tap(fir, n) : at(-n) * faded(n, ahead, fade);
        return fir;
    }

    /// Largest deviation over what is allowed, on every bin or every other, four or more for each tap, and midway
    /// between two.
    FittedFir measured(Fir fir) {
        const std::size_t period = response_.size();
        const std::size_t size = std::min(period, std::max(period / 2, power_of_two_at_least(4 * fir.taps.size())));
        samples_.assign(size, 0.0);
        std::copy(fir.taps.begin(), fir.taps.end(), samples_.begin());
        spectrum_.resize(size / 2 + 1);
        RealFft<double>(size).forward(samples_.data(), spectrum_.data());
        FittedFir result{.fir = std::move(fir)};
        const auto look = [&](double deviation, float above, float below) {
            const double share = deviation > 0 ? deviation / above : -deviation / below;
            if (!(share <= result.worst)) result.worst = share;
        };
        const std::size_t stride = period / size;
        deviations_.resize(spectrum_.size());
        for (std::size_t k = 0; k < spectrum_.size(); ++k) {
            const std::size_t bin = k * stride;
            deviations_[k] = std::sqrt(std::norm(spectrum_[k])) - goal_.magnitude[bin];
            look(deviations_[k], goal_.above[bin], goal_.below[bin]);
        }
        for (std::size_t k = 2; k + 3 < deviations_.size(); ++k) {
            const std::size_t bin = k * stride, next = bin + stride;
            look(midway(&deviations_[k]), std::max(goal_.above[bin], goal_.above[next]),
                 std::max(goal_.below[bin], goal_.below[next]));
        }
        for (const auto& point : goal_.points)
            result.worst =
                std::max(result.worst,
                         std::abs(std::abs(response_at(result.fir, point.cycles)) - point.magnitude) / point.allowed);
        return result;
    }

private:
    static Frames last_above(double least, const std::vector<double>& envelope) {
        const auto end =
            std::partition_point(envelope.begin(), envelope.end(), [least](double e) { return e > least; });
        return std::max<Frames>(0, end - envelope.begin() - 1);
    }
    Frames last_behind(double least) const { return last_above(least, behind_); }
    Frames last_ahead(double least) const {
        return symmetry_ == FirSymmetry::causal
                   ? 0
                   : last_above(least, symmetry_ == FirSymmetry::symmetric ? behind_ : ahead_);
    }
    double at(Frames n) const { return response_[static_cast<std::size_t>(n >= 0 ? n : n + 2 * half_)]; }
    /// Between x[0] and x[1], by the polynomial through x[−2] … x[3].
    static double midway(const double* x) {
        return (150 * (x[0] + x[1]) - 25 * (x[-1] + x[2]) + 3 * (x[-2] + x[3])) / 256;
    }
    static double& tap(Fir& fir, Frames n) { return fir.taps[static_cast<std::size_t>(fir.origin + n)]; }
    static double faded(Frames n, Frames last, double fade) {
        const double outer = fade * static_cast<double>(last + 1),
                     into = static_cast<double>(n) - (static_cast<double>(last + 1) - outer);
        return into <= 0 ? 1 : 0.5 + 0.5 * std::cos(std::numbers::pi * into / outer);
    }

    const PeriodicResponse& response_;
    FirSymmetry symmetry_;
    const MagnitudeGoal& goal_;
    Frames half_;
    std::vector<double> behind_, ahead_;  // largest |tap| from n on outwards
    AlignedVector<double> samples_;       // of measured(), kept
    AlignedVector<std::complex<double>> spectrum_;
    std::vector<double> deviations_;
};

struct Found {
    FittedFir fitted;
    double least;  ///< no tap left out is larger
};
Frames taps_of(const Found& found) { return static_cast<Frames>(found.fitted.fir.taps.size()); }

/// The shortest that meets the goal with one fade, if it is no longer than what is left of the response above `least`.
/// The deviation grows about as the taps that are left out, which makes for few trials.
std::optional<Found> shortest_with(Cutter& cutter, double fade, double least, Frames longest) {
    std::optional<Found> best;
    double failed = std::numeric_limits<double>::infinity();
    Frames too_short = 0;
    for (int trial = 0; trial < 16; ++trial) {
        FittedFir fitted = cutter.measured(cutter.cut(least, fade));
        const double worst = fitted.worst;
        const Frames taps = static_cast<Frames>(fitted.fir.taps.size());
        if (worst <= 1) {
            best = Found{std::move(fitted), least};
        } else {
            failed = least;
            too_short = taps;
        }
        if (best && (failed < 1.05 * best->least || taps_of(*best) - too_short <= std::max<Frames>(2, too_short / 50)))
            break;
        const double passed = best ? best->least : 0;
        least /= std::clamp(worst * 1.05, 1e-3, 1e3);
        if (!(least > passed && least < failed))
            least = passed == 0 ? failed / 4 : failed > cutter.peak() ? passed * 4 : std::sqrt(passed * failed);
        if (cutter.length(least) > longest) break;
    }
    return best;
}

}  // namespace

std::complex<double> response_at(const Fir& fir, double cycles) {
    constexpr std::size_t stretch = 1024;
    std::complex<double> sum = 0;
    for (std::size_t from = 0; from < fir.taps.size(); from += stretch) {
        const std::size_t to = std::min(from + stretch, fir.taps.size());
        const double start = cycles * (static_cast<double>(from) - static_cast<double>(fir.origin));
        const std::complex<double> step = std::polar(1.0, -2 * std::numbers::pi * cycles);
        std::complex<double> turn = std::polar(1.0, -2 * std::numbers::pi * (start - std::floor(start)));
        for (std::size_t n = from; n < to; ++n, turn *= step) sum += fir.taps[n] * turn;
    }
    return sum;
}

PeriodicResponse response_of(const std::vector<double>& magnitude, const std::vector<double>& phase, double share) {
    const std::size_t size = 2 * (magnitude.size() - 1);
    AlignedVector<std::complex<double>> spectrum(magnitude.size());
    for (std::size_t k = 0; k < magnitude.size(); ++k)
        spectrum[k] = phase.empty() ? magnitude[k] : std::polar(magnitude[k], share * phase[k]);
    PeriodicResponse response(size);
    RealFft<double>(size).inverse(spectrum.data(), response.data());
    for (double& tap : response) tap /= static_cast<double>(size);
    return response;
}

std::optional<FittedFir> shortest_fit(const PeriodicResponse& response, FirSymmetry symmetry,
                                      const MagnitudeGoal& goal) {
    Cutter cutter(response, symmetry, goal);
    Frames longest = std::min(longest_fir, static_cast<Frames>(response.size() / 4));
    double least = 1e-6 * cutter.peak();
    while (cutter.length(least) > longest) least *= 2;
    std::optional<Found> best;
    for (const double fade : fades) {
        auto found = shortest_with(cutter, fade, least, longest);
        if (!found) continue;
        best = std::move(found);
        longest = taps_of(*best);
        least = best->least;
    }
    if (!best) return std::nullopt;
    return std::move(best->fitted);
}

}  // namespace lathe
