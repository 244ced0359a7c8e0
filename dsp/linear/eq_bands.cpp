// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/eq_bands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/fft/fft.h"
#include "dsp/linear/eq_goal.h"
#include "dsp/linear/minimum_phase.h"

namespace lathe {
namespace {

constexpr double coarsest_step_hz = 2;
constexpr std::size_t largest_grid = std::size_t{1} << 24;  // four times the longest filter
constexpr int shares = 64;                                  // of minimum phase that are told apart

std::string called(const EqBand& band) {
    const std::string_view type = eq_band_types[static_cast<std::size_t>(band.type)];
    return band.name.empty() ? fmt::format("{} at {:g} Hz", type, band.hz)
                             : fmt::format("{} \"{}\" at {:g} Hz", type, band.name, band.hz);
}

void refuse_unrealisable(const EqBand& band, double rate) {
    if (!(band.hz < rate / 2))
        throw BadSetting(
            fmt::format("eq: the {} lies at or above half the sample rate, {:g} Hz; lower hz or bypass the band",
                        called(band), rate / 2));
    const bool cut = band.type == EqBandType::high_pass || band.type == EqBandType::low_pass;
    const double order = band.slope_db_oct / 6;
    if (cut && !(order >= 1 && order <= 16 && order == std::round(order)))
        throw BadSetting(fmt::format("eq: slope_db_oct = {:g} of the {} must be a multiple of 6, 6 to 96",
                                     band.slope_db_oct, called(band)));
}

[[noreturn]] void refuse_length(std::span<const EqBand> bands, EqPhase phase, double rate) {
    const auto decay = [phase](const EqBand& band) {
        const EqCurve curve(std::span(&band, 1));
        return phase == EqPhase::minimum ? curve.minimum_phase_decay_s() : curve.zero_phase_decay_s();
    };
    const EqBand& slowest = *std::max_element(bands.begin(), bands.end(),
                                              [&](const EqBand& a, const EqBand& b) { return decay(a) < decay(b); });
    throw BadSetting(fmt::format(
        "eq: the {} rings for longer than the {} taps a filter may have at {:g} Hz; lower its q or gain_db, "
        "or raise its hz{}",
        called(slowest), longest_fir, rate, phase == EqPhase::minimum ? "" : ", or set phase = \"minimum\""));
}

/// One curve on one grid: goal and phase are worked out once, responses of any share of minimum phase follow.
class CurveOnGrid {
public:
    CurveOnGrid(const EqCurve& curve, EqPhase phase, double rate, std::size_t size)
        : rate_(rate), goal_(eq_goal(curve, rate, size)) {
        if (phase == EqPhase::linear || phase == EqPhase::mixed) {
            rounded_.resize(goal_.magnitude.size());
            for (std::size_t k = 0; k < rounded_.size(); ++k)
                rounded_[k] = curve.rounded_magnitude(static_cast<double>(k) * rate / static_cast<double>(size));
        }
        if (phase == EqPhase::minimum || phase == EqPhase::mixed) phase_ = minimum_phase(curve, rate, size);
    }
    std::optional<FittedFir> linear() const {
        return shortest_fit(response_of(rounded_, {}, 0), FirSymmetry::symmetric, goal_);
    }
    std::optional<FittedFir> minimum() const {
        return shortest_fit(response_of(goal_.magnitude, phase_, 1), FirSymmetry::causal, goal_);
    }
    std::optional<FittedFir> mixed(int share) const {
        if (share == 0) return linear();
        if (share == shares) return minimum();
        return shortest_fit(response_at(share), FirSymmetry::free, goal_);
    }
    /// The least share whose response, still uncut, rings ahead below the limit.
    int least_share(double limit_db) const {
        int low = -1, high = shares;  // low rings too loud, high does not ring ahead at all
        while (high - low > 1) {
            const int share = (low + high) / 2;
            (ahead_db(unrolled(response_at(share)), rate_) < limit_db ? high : low) = share;
        }
        return high;
    }

private:
    PeriodicResponse response_at(int share) const {
        return response_of(rounded_, phase_, static_cast<double>(share) / shares);
    }
    static Fir unrolled(const PeriodicResponse& response) {
        const auto half = static_cast<Frames>(response.size() / 2);
        Fir fir{std::vector<double>(response.size()), half};
        std::rotate_copy(response.begin(), response.begin() + half, response.end(), fir.taps.begin());
        return fir;
    }
    double rate_;
    MagnitudeGoal goal_;
    std::vector<double> rounded_, phase_;
};

void add_to_report(EqReport& report, const EqCurve& curve, const Fir& fir, double rate) {
    report.taps = std::max(report.taps, static_cast<Frames>(fir.taps.size()));
    const std::size_t size =
        power_of_two_at_least(std::max(8 * fir.taps.size(), static_cast<std::size_t>(rate / coarsest_step_hz)));
    AlignedVector<double> samples(size);
    std::copy(fir.taps.begin(), fir.taps.end(), samples.begin());
    AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
    RealFft<double>(size).forward(samples.data(), spectrum.data());
    for (std::size_t k = 0; k < spectrum.size(); ++k) {
        const double hz = static_cast<double>(k) * rate / static_cast<double>(size), wanted = curve.magnitude(hz);
        if (!is_followed_closely(curve, hz, wanted)) continue;
        const double error = std::abs(db_from_gain(std::abs(spectrum[k]) / wanted));
        if (error <= report.worst_error_db) continue;
        report.worst_error_db = error;
        report.worst_hz = hz;
    }
    for (const EqBand& band : curve.bands())
        if (band.type == EqBandType::notch)
            report.notches.push_back({band.name, band.hz, db_from_gain(std::abs(response_at(fir, band.hz / rate)))});
}

Fir design_cut(EqBandType type, double hz, double slope_db_oct, double rate) {
    EqBand band;
    band.type = type;
    band.hz = hz;
    band.slope_db_oct = slope_db_oct;
    return design_bands(std::span(&band, 1), EqPhase::minimum, rate);
}

}  // namespace

Fir design_bands(std::span<const EqBand> bands, EqPhase phase, double rate, double pre_ring_db, EqReport* report) {
    for (const EqBand& band : bands) refuse_unrealisable(band, rate);
    if (bands.empty()) return unit_fir();
    const EqCurve curve(bands);
    // a fit takes about seven decays a side, and a quarter of the grid at most
    const double decay = phase == EqPhase::minimum ? curve.minimum_phase_decay_s() : 2 * curve.zero_phase_decay_s();
    const double needed = std::min(4 * 7 * decay * rate, static_cast<double>(largest_grid));
    for (std::size_t size = power_of_two_at_least(static_cast<std::size_t>(std::max(needed, rate / coarsest_step_hz)));
         size <= largest_grid; size *= 2) {
        const CurveOnGrid grid(curve, phase, rate, size);
        const int share = phase == EqPhase::mixed ? grid.least_share(pre_ring_db) : 0;
        auto fitted = phase == EqPhase::linear    ? grid.linear()
                      : phase == EqPhase::minimum ? grid.minimum()
                                                  : grid.mixed(share);
        if (!fitted) continue;
        if (report) {
            add_to_report(*report, curve, fitted->fir, rate);
            report->minimum_share = std::max(report->minimum_share, static_cast<double>(share) / shares);
        }
        return std::move(fitted->fir);
    }
    refuse_length(bands, phase, rate);
}

double ahead_db(const Fir& fir, double rate) {
    const auto larger = [](double a, double b) { return std::abs(a) < std::abs(b); };
    const auto peak = std::max_element(fir.taps.begin(), fir.taps.end(), larger);
    if (peak == fir.taps.end() || *peak == 0) return -std::numeric_limits<double>::infinity();
    auto lobe = peak;
    while (lobe != fir.taps.begin() && *(lobe - 1) * *peak > 0) --lobe;
    const Frames millisecond = static_cast<Frames>(rate / 1000);
    const Frames end =
        std::min({fir.origin, static_cast<Frames>(lobe - fir.taps.begin()), (peak - fir.taps.begin()) - millisecond});
    if (end <= 0) return -std::numeric_limits<double>::infinity();
    return db_from_gain(std::abs(*std::max_element(fir.taps.begin(), fir.taps.begin() + end, larger) / *peak));
}

Fir design_low_cut(double hz, double slope_db_oct, double rate) {
    return design_cut(EqBandType::high_pass, hz, slope_db_oct, rate);
}
Fir design_high_cut(double hz, double slope_db_oct, double rate) {
    return design_cut(EqBandType::low_pass, hz, slope_db_oct, rate);
}

}  // namespace lathe
