// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/eq_response.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

#include "app/render/chain_matrix.h"
#include "dsp/core/decibel.h"
#include "dsp/fft/fft.h"
#include "dsp/linear/eq.h"

namespace lathe {
namespace {

using Response = std::vector<std::complex<double>>;
constexpr double floor_db = -120;

/// Where a curve of those bands has to be looked at to be drawn without corners.
std::vector<double> places(const EqSettings& settings, double highest_hz) {
    constexpr int even = 600, around = 24;
    std::vector<double> hz;
    for (int i = 0; i < even; ++i) hz.push_back(20 * std::pow(1000.0, i / (even - 1.0)));
    for (const EqBand& band : settings.bands)
        for (int i = -around; i <= around; ++i)
            hz.push_back(band.hz * std::exp2(3.0 * i / around / std::max(band.q, 0.5)));
    std::erase_if(hz, [&](double f) { return f < 20 || f > highest_hz; });
    return hz;
}

/// The places moved to bins of a transform, each once.
std::vector<std::size_t> bins_of(const std::vector<double>& hz, double bin_hz) {
    std::vector<std::size_t> bins;
    for (const double f : hz) bins.push_back(static_cast<std::size_t>(std::llround(f / bin_hz)));
    std::sort(bins.begin(), bins.end());
    bins.erase(std::unique(bins.begin(), bins.end()), bins.end());
    return bins;
}

/// Of one response, time zero at its origin.
Response response_on(const Fir& fir, const std::vector<std::size_t>& bins, std::size_t size) {
    if (fir.empty()) return Response(bins.size());
    AlignedVector<double> samples(size);
    for (std::size_t n = 0; n < fir.taps.size(); ++n)
        samples[(n + size - static_cast<std::size_t>(fir.origin)) % size] = fir.taps[n];
    AlignedVector<std::complex<double>> spectrum(size / 2 + 1);
    RealFft<double>(size).forward(samples.data(), spectrum.data());
    Response found;
    for (const std::size_t k : bins) found.push_back(spectrum[k]);
    return found;
}

double level(std::complex<double> gain) { return std::max(floor_db, db_from_gain(std::abs(gain))); }

void fill_pair(EqResponse& out, const Response& ll, const Response& lr, const Response& rl, const Response& rr) {
    const auto add = [&](SpectrumPart part, double db) { out.db[static_cast<std::size_t>(part)].push_back(db); };
    for (std::size_t i = 0; i < ll.size(); ++i) {
        add(SpectrumPart::left, level(ll[i]));
        add(SpectrumPart::right, level(rr[i]));
        add(SpectrumPart::mid, level((ll[i] + lr[i] + rl[i] + rr[i]) / 2.0));
        add(SpectrumPart::side, level((ll[i] - lr[i] - rl[i] + rr[i]) / 2.0));
        const double power = std::norm(ll[i]) + std::norm(lr[i]) + std::norm(rl[i]) + std::norm(rr[i]);
        add(SpectrumPart::sum, std::max(floor_db, db_from_power(power / 2)));
    }
}

/// Frames before the main tap, earlier than which lies that share of the energy.
Frames frames_ahead(const Fir& fir, Frames main, double share) {
    double all = 0, before = 0;
    for (const double tap : fir.taps) all += tap * tap;
    for (Frames n = 0; n < main; ++n) {
        before += fir.taps[static_cast<std::size_t>(n)] * fir.taps[static_cast<std::size_t>(n)];
        if (before > share * all) return main - n;
    }
    return 0;
}

}  // namespace

PreRing pre_ring(const Fir& fir, double rate) {
    const auto main = std::max_element(fir.taps.begin(), fir.taps.end(),
                                       [](double a, double b) { return std::abs(a) < std::abs(b); });
    const auto ms = [&](double db) {
        return 1000 * static_cast<double>(frames_ahead(fir, main - fir.taps.begin(), power_from_db(db))) / rate;
    };
    return {ahead_db(fir, rate), ms(-60), ms(-90)};
}

EqResponse eq_response(const EqSettings& settings, const CommonSettings& common, double rate, int channels) {
    constexpr double coarsest_bin_hz = 0.1;
    const FirMatrix matrix =
        in_chain(design_eq(settings, rate, common.channel == Channel::stereo ? channels : 1), common);
    EqResponse out;
    out.before.loudest_db = -std::numeric_limits<double>::infinity();
    for (int c = 0; c < matrix.outputs(); ++c) {
        const Fir& fir = matrix.at(c, c);
        out.taps = std::max(out.taps, static_cast<Frames>(fir.taps.size()));
        const PreRing before = pre_ring(fir, rate);
        if (c == 0 || before.to_60_ms > out.before.to_60_ms) out.before = before;
    }
    const std::size_t size =
        power_of_two_at_least(std::max(2 * static_cast<std::size_t>(matrix.ahead() + matrix.behind() + 1),
                                       static_cast<std::size_t>(rate / coarsest_bin_hz)));
    const double bin_hz = rate / static_cast<double>(size);
    const std::vector<std::size_t> bins = bins_of(places(settings, std::min(20000.0, rate / 2 - bin_hz)), bin_hz);
    for (const std::size_t k : bins) out.hz.push_back(static_cast<double>(k) * bin_hz);
    const auto response = [&](int output, int input) { return response_on(matrix.at(output, input), bins, size); };
    if (matrix.outputs() == 2) {
        fill_pair(out, response(0, 0), response(0, 1), response(1, 0), response(1, 1));
    } else {
        std::vector<double> db;
        for (const std::complex<double> gain : response(0, 0)) db.push_back(level(gain));
        out.db.fill(db);
    }
    return out;
}

std::string eq_response_key(const EqSettings& settings, const CommonSettings& common, double rate, int channels) {
    std::string key = fmt::format("eq response {} {} {} {} {} {}", rate, channels, static_cast<int>(common.channel),
                                  common.mix, static_cast<int>(settings.phase), settings.pre_ring_db);
    for (const EqBand& band : settings.bands)
        if (!band.bypass)
            key += fmt::format(" ({} {:.17g} {:.17g} {:.17g} {} {})", static_cast<int>(band.type), band.hz,
                               band.gain_db, band.q, band.slope_db_oct, static_cast<int>(band.channel));
    return key;
}

}  // namespace lathe
