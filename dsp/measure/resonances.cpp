// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/resonances.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "dsp/core/decibel.h"
#include "dsp/measure/resonance_network.h"

namespace lathe {
namespace {

constexpr int points = resonance_grid.count;
constexpr int apart_points = 7;    // nearer ones are one
constexpr int around_points = 4;   // likelihood that is summed up for one resonance
constexpr float full_mass = 3.4f;  // its sum for a certain one
constexpr int reading_window = 3;  // 2^15 points: the one that prominence and presence are read from
constexpr double least_likelihood = 0.02;
constexpr double lowest_hz = 35, cut_margin_db = 1;
constexpr double own_share = 0.6, own_least_db = 4;  // of a bell's gain, and in all, that a part stands out more than
constexpr double beside_share = 0.2;                 // the other, which stands out no more than this share

double at_row(const ResonanceEvidence& evidence, int percentile, int point) {
    return evidence.row(reading_window * ResonanceEvidence::percentiles + percentile)[point];
}

/// Points of largest likelihood, apart from each other, likeliest first.
std::vector<int> peaks(const std::vector<ResonanceReading>& readings, int most) {
    std::vector<float> smooth(readings.size());
    for (int p = 1; p + 1 < points; ++p)
        smooth[static_cast<std::size_t>(p)] = 0.25f * readings[static_cast<std::size_t>(p - 1)].likelihood +
                                              0.5f * readings[static_cast<std::size_t>(p)].likelihood +
                                              0.25f * readings[static_cast<std::size_t>(p + 1)].likelihood;
    std::vector<int> order(readings.size());
    for (int p = 0; p < points; ++p) order[static_cast<std::size_t>(p)] = p;
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return smooth[static_cast<std::size_t>(a)] > smooth[static_cast<std::size_t>(b)];
    });
    std::vector<int> chosen;
    for (const int p : order) {
        if (static_cast<int>(chosen.size()) == most || smooth[static_cast<std::size_t>(p)] < least_likelihood) break;
        if (std::none_of(chosen.begin(), chosen.end(), [&](int other) { return std::abs(p - other) < apart_points; }))
            chosen.push_back(p);
    }
    return chosen;
}

/// Share of frames with sound in which the level stands more than half the gain above its surroundings: read between
/// the percentiles.
double share_above(const ResonanceEvidence& evidence, int point, double threshold_db) {
    constexpr std::array<double, ResonanceEvidence::percentiles> shares{0.05, 0.2, 0.5, 0.8};
    double below = 0, level = at_row(evidence, 0, point);
    if (level > threshold_db) return 1;
    below = shares[0];
    for (int k = 1; k < ResonanceEvidence::percentiles; ++k) {
        const double next = at_row(evidence, k, point);
        if (next > threshold_db)
            return 1 -
                   (below + (shares[static_cast<std::size_t>(k)] - below) * (threshold_db - level) / (next - level));
        below = shares[static_cast<std::size_t>(k)];
        level = next;
    }
    return 1 - below;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// A note comes and goes: between its loud and its quiet moments lies more than around it.
bool moves_with_notes(const ResonanceEvidence& evidence, int point) {
    const auto spread = [&](int p) { return at_row(evidence, 3, p) - at_row(evidence, 1, p); };
    std::vector<double> around;
    for (int p = std::max(0, point - 48); p < std::min(points, point + 49); ++p) around.push_back(spread(p));
    return spread(point) > median(std::move(around)) + 4;
}

/// One part of a stereo programme around a pitch.
struct PartReading {
    double around_db = 0;  ///< median level within half an octave to both sides
    double above_db = 0;   ///< what the part stands above that
};
PartReading read_part(const ResonanceEvidence& evidence, Channel part, int peak) {
    const float* const level = evidence.part(part);
    const int reach = resonance_grid.per_octave / 2;
    const double top = *std::max_element(level + std::max(0, peak - 1), level + std::min(points, peak + 2));
    const double around = median({level + std::max(0, peak - reach), level + std::min(points, peak + reach + 1)});
    return {around, top - around};
}

/// A part that alone has a resonance.
struct Place {
    Channel channel;
    double gain_db;   ///< of the bell there
    double above_db;  ///< what the part stands out by
};
/// gain_db: as read from the powers of both channels together, of which the part is a share: 10^(gain_db/10) = share ·
/// 10^(own gain/10) + 1 − share.
std::optional<Place> place_of(const ResonanceEvidence& evidence, int peak, double gain_db) {
    if (evidence.part_db.empty()) return {};
    std::optional<Place> place;
    double lead_db = std::max(own_least_db, own_share * gain_db);
    for (const auto& [part, other] : {std::pair{Channel::left, Channel::right},
                                      {Channel::right, Channel::left},
                                      {Channel::mid, Channel::side},
                                      {Channel::side, Channel::mid}}) {
        const PartReading own = read_part(evidence, part, peak), beside = read_part(evidence, other, peak);
        if (!(own.above_db - beside.above_db > lead_db && beside.above_db < beside_share * gain_db)) continue;
        lead_db = own.above_db - beside.above_db;
        const double share = 1 / (1 + power_from_db(beside.around_db - own.around_db));
        const double own_gain_db = db_from_power((power_from_db(std::max(gain_db, 0.0)) - 1) / share + 1);
        place = Place{part, std::min(own_gain_db, own.above_db), own.above_db};
    }
    return place;
}

Resonance resonance_at(const ResonanceEvidence& evidence, const std::vector<ResonanceReading>& readings, int peak) {
    double mass = 0, weight = 0, point = 0, log_q = 0, gain = 0;
    for (int p = std::max(0, peak - around_points); p <= std::min(points - 1, peak + around_points); ++p) {
        const ResonanceReading& reading = readings[static_cast<std::size_t>(p)];
        mass += reading.likelihood;
        if (std::abs(p - peak) == around_points) continue;
        const double w = reading.likelihood + 1e-9;
        weight += w;
        point += w * (p + reading.offset_points);
        log_q += w * std::log2(reading.q);
        gain += w * reading.gain_db;
    }
    Resonance r;
    r.frequency_hz = resonance_grid.hz(point / weight);
    r.q = std::exp2(log_q / weight);
    r.gain_db = gain / weight;
    r.confidence = std::min(1.0, mass / full_mass);
    r.presence = evidence.presence[static_cast<std::size_t>(peak)] * share_above(evidence, peak, r.gain_db / 2);
    r.prominence_db = at_row(evidence, 2, peak);
    r.kind = r.confidence < 0.5 && moves_with_notes(evidence, peak) ? ResonanceKind::note : ResonanceKind::fixed;
    double stands_out = 0;
    for (int p = std::max(0, peak - around_points); p <= std::min(points - 1, peak + around_points); ++p)
        stands_out = std::max({stands_out, at_row(evidence, 2, p), at_row(evidence, 3, p)});
    if (const std::optional<Place> place = place_of(evidence, peak, r.gain_db)) {
        r.channel = place->channel;
        r.gain_db = place->gain_db;
        stands_out = place->above_db;
    }
    r.decay_t60_s = 2.2 * r.q * gain_from_db(r.gain_db / 2) / r.frequency_hz;
    r.cut_db = -std::clamp(r.gain_db, 0.0, stands_out + cut_margin_db);
    return r;
}

}  // namespace

std::string note_name(double hz) {
    static constexpr std::array<const char*, 12> names{"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
    const double semitone = 69 + 12 * std::log2(hz / 440);  // as MIDI counts them
    const long nearest = std::lround(semitone);
    const long cents = std::lround(100 * (semitone - static_cast<double>(nearest)));
    const long octave = (nearest + 120) / 12 - 11;
    return fmt::format("{}{}{}", names[static_cast<std::size_t>((nearest + 120) % 12)], octave,
                       cents ? fmt::format(" {:+} cents", cents) : "");
}

std::vector<Resonance> find_resonances(const ResonanceEvidence& evidence, double duration_s, int most,
                                       Workers& workers) {
    const std::vector<ResonanceReading> readings = read_resonances(evidence, duration_s, workers);
    std::vector<Resonance> found;
    for (const int peak : peaks(readings, 2 * most)) {
        const Resonance r = resonance_at(evidence, readings, peak);
        if (r.frequency_hz > lowest_hz && r.cut_db < 0) found.push_back(r);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Resonance& a, const Resonance& b) { return a.confidence > b.confidence; });
    if (static_cast<int>(found.size()) > most) found.resize(static_cast<std::size_t>(most));
    return found;
}

}  // namespace lathe
