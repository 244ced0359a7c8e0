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

constexpr double coarsest_step_hz = 2, coarsest_step_from_zero_hz = 0.5;  // the latter for a curve that rises from 0 Hz
constexpr std::size_t largest_grid = std::size_t{1} << 24;                // four times the longest filter
constexpr int shares = 64;                                                // of minimum phase that are told apart

std::string called(const EqBand& band) {
    const std::string_view type = eq_band_types[static_cast<std::size_t>(band.type)];
    return band.name.empty() ? fmt::format("{} at {:g} Hz", type, band.hz)
                             : fmt::format("{} \"{}\" at {:g} Hz", type, band.name, band.hz);
}

void refuse_unrealisable(const EqBand& band, double rate) {
    if (!(band.hz > 0 && band.hz < rate / 2))
        throw BadSetting(
            fmt::format("eq: the {} is not between 0 and half the sample rate, {:g} Hz; change hz or bypass the band",
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

/// A response on the circle of its grid as one that reads ahead by half of it.
Fir unrolled(const PeriodicResponse& response) {
    const auto half = static_cast<Frames>(response.size() / 2);
    Fir fir{std::vector<double>(response.size()), half};
    std::rotate_copy(response.begin(), response.begin() + half, response.end(), fir.taps.begin());
    return fir;
}

/// The least share of minimum phase, in 64ths, whose response, still uncut, rings ahead below the limit; all of it does
/// not ring ahead at all.
int least_share(const std::vector<double>& magnitude, const std::vector<double>& phase, double limit_db, double rate) {
    int low = 0, high = shares;  // low rings too loud
    while (high - low > 1) {
        const int share = (low + high) / 2;
        const double ahead =
            ahead_db(unrolled(response_of(magnitude, phase, static_cast<double>(share) / shares)), rate);
        (ahead < limit_db ? high : low) = share;
    }
    return high;
}

struct Design {
    FittedFir fitted;
    int share;  ///< of minimum phase, in 64ths
};
std::optional<Design> minimum_design(const EqCurve& curve, double rate, std::size_t size) {
    const MagnitudeGoal goal = eq_goal(curve, rate, size);
    auto fitted =
        shortest_fit(response_of(goal.magnitude, minimum_phase(curve, rate, size), 1), FirSymmetry::causal, goal);
    if (!fitted) return std::nullopt;
    return Design{std::move(*fitted), shares};
}

/// Linear phase, or as far from it as keeps the ringing ahead below the limit; all the way is minimum_design()'s to do.
std::optional<Design> zero_phase_design(const EqCurve& curve, double ahead_limit_db, double rate, std::size_t size) {
    const MagnitudeGoal goal = eq_goal(curve, rate, size);
    std::vector<double> rounded(goal.magnitude.size());
    for (std::size_t k = 0; k < rounded.size(); ++k)
        rounded[k] = goal.magnitude[k] * curve.rounding(static_cast<double>(k) * rate / static_cast<double>(size));
    PeriodicResponse response = response_of(rounded, {}, 0);
    int share = 0;
    if (std::isfinite(ahead_limit_db) && ahead_db(unrolled(response), rate) >= ahead_limit_db) {
        const std::vector<double> phase = minimum_phase(curve, rate, size);
        share = least_share(rounded, phase, ahead_limit_db, rate);
        response = response_of(rounded, phase, static_cast<double>(share) / shares);
    }
    auto fitted = shortest_fit(response, share == 0 ? FirSymmetry::symmetric : FirSymmetry::free, goal);
    if (!fitted) return std::nullopt;
    return Design{std::move(*fitted), share};
}

void add_to_report(EqReport& report, const EqCurve& curve, const Design& design, double rate) {
    const Fir& fir = design.fitted.fir;
    report.minimum_share = std::max(report.minimum_share, static_cast<double>(design.share) / shares);
    report.taps = std::max(report.taps, static_cast<Frames>(fir.taps.size()));
    const std::size_t size =
        power_of_two_at_least(std::max(8 * fir.taps.size(), static_cast<std::size_t>(rate / coarsest_step_hz)));
    AlignedVector<double> samples(size);
    std::copy(fir.taps.begin(), fir.taps.end(), samples.begin());
    AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
    RealFft<double>(size).forward(samples.data(), spectrum.data());
    double worst = gain_from_db(report.worst_error_db);
    for (std::size_t k = 0; k < spectrum.size(); ++k) {
        const double hz = static_cast<double>(k) * rate / static_cast<double>(size), wanted = curve.magnitude(hz);
        if (!is_followed_closely(curve, hz, wanted)) continue;
        const double ratio = std::sqrt(std::norm(spectrum[k])) / wanted, error = std::max(ratio, 1 / ratio);
        if (error <= worst) continue;
        worst = error;
        report.worst_hz = hz;
    }
    report.worst_error_db = db_from_gain(worst);
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
    // A fit takes about seven decays a side, and a quarter of the grid at most. Part of minimum phase shortens most
    // responses.
    const double decays_s = phase == EqPhase::minimum ? curve.minimum_phase_decay_s()
                            : phase == EqPhase::mixed ? 2 * curve.minimum_phase_decay_s()
                                                      : 2 * curve.zero_phase_decay_s();
    const double step_hz = curve.magnitude(0) > 0 ? coarsest_step_hz : coarsest_step_from_zero_hz;
    const double needed = 4 * 7 * decays_s * rate;
    if (needed > 4 * static_cast<double>(largest_grid)) refuse_length(bands, phase, rate);
    const double first = std::clamp(needed, rate / step_hz, static_cast<double>(largest_grid));
    for (std::size_t size = power_of_two_at_least(static_cast<std::size_t>(first)); size <= largest_grid; size *= 2) {
        const double ahead_limit_db = phase == EqPhase::mixed ? pre_ring_db : std::numeric_limits<double>::infinity();
        auto design = phase == EqPhase::minimum ? minimum_design(curve, rate, size)
                                                : zero_phase_design(curve, ahead_limit_db, rate, size);
        if (!design) continue;
        if (phase == EqPhase::mixed && design->share == shares)
            return design_bands(bands, EqPhase::minimum, rate, pre_ring_db, report);
        if (report) add_to_report(*report, curve, *design, rate);
        return std::move(design->fitted.fir);
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
