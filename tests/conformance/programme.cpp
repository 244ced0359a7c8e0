// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/programme.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/core/decibel.h"
#include "tests/conformance/k_reference.h"

namespace lathe::test {
namespace {

/// One period of 10 ms, which every usual rate holds whole.
std::vector<double> sine_table(double rate) {
    std::vector<double> table(static_cast<std::size_t>(rate / 100));
    for (std::size_t n = 0; n < table.size(); ++n)
        table[n] = std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(n) / rate);
    return table;
}

double energy_mean(const std::vector<double>& lufs) {
    double sum = 0;
    for (const double value : lufs) sum += power_from_db(value);
    return db_from_power(sum / static_cast<double>(lufs.size()));
}

}  // namespace

std::vector<LoudnessBlocks> metered_at_each_end(double rate, const std::vector<Segment>& segments) {
    const std::vector<double> table = sine_table(rate);
    LoudnessMeter<float> meter(2, rate);
    std::vector<LoudnessBlocks> blocks;
    std::vector<float> piece(table.size());
    double end_s = 0;
    Frames frame = 0;
    for (const Segment& segment : segments) {
        const double amplitude = gain_from_db(segment.level_db);
        end_s += segment.seconds;
        for (const Frames end = std::llround(end_s * rate); frame < end;) {
            const Frames count = std::min<Frames>(std::ssize(piece), end - frame);
            for (Frames n = 0; n < count; ++n)
                piece[static_cast<std::size_t>(n)] =
                    static_cast<float>(amplitude * table[static_cast<std::size_t>(frame + n) % table.size()]);
            meter.push(AudioView<const float>(piece.data(), 0, 2, count));
            frame += count;
        }
        blocks.push_back(meter.blocks());
    }
    meter.finish();
    blocks.back() = meter.blocks();
    return blocks;
}

LoudnessBlocks metered(double rate, const std::vector<Segment>& segments) {
    return metered_at_each_end(rate, segments).back();
}

LoudnessBlocks metered_channels(double rate, const std::vector<double>& levels_db) {
    const std::vector<double> table = sine_table(rate);
    AudioBuffer<float> audio(static_cast<int>(levels_db.size()), std::ssize(table));
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            audio.channel(c)[n] = static_cast<float>(gain_from_db(levels_db[static_cast<std::size_t>(c)]) *
                                                     table[static_cast<std::size_t>(n)]);
    LoudnessMeter<float> meter(audio.channels(), rate);
    for (int k = 0; k < 2000; ++k) meter.push(audio.view());
    meter.finish();
    return meter.blocks();
}

double sine_reading_lufs(double rate) { return k_gain_db(1000, rate) - 0.691 + db_from_power(0.5); }

IdealReading::IdealReading(double rate, const std::vector<Segment>& segments)
    : offset_db_(sine_reading_lufs(rate)), edges_s_{0} {
    for (const Segment& segment : segments) {
        edges_s_.push_back(edges_s_.back() + segment.seconds);
        powers_.push_back(2 * power_from_db(segment.level_db));
    }
}

double IdealReading::energy(double from_s, double to_s) const {
    double sum = 0;
    for (std::size_t k = 0; k < powers_.size(); ++k)
        sum += powers_[k] * std::max(0.0, std::min(to_s, edges_s_[k + 1]) - std::max(from_s, edges_s_[k]));
    return sum;
}

double IdealReading::mean_lufs(double from_s, double length_s) const {
    return db_from_power(energy(from_s, from_s + length_s) / length_s) + offset_db_;
}

double IdealReading::integrated_lufs() const {
    std::vector<double> blocks;
    for (int k = 0; 0.1 * k + 0.4 < total_s() + 1e-6; ++k) blocks.push_back(mean_lufs(0.1 * k, 0.4));
    std::erase_if(blocks, [](double lufs) { return !(lufs > -70); });
    const double gate = energy_mean(blocks) - 10;
    std::erase_if(blocks, [&](double lufs) { return !(lufs > gate); });
    return energy_mean(blocks);
}

double IdealReading::largest_lufs(double length_s) const {
    // Energy over a sliding window of levels that step is largest where one of its ends lies on a step.
    double largest = silence;
    for (const double edge : edges_s_) {
        if (edge + length_s < total_s() + 1e-6) largest = std::max(largest, mean_lufs(edge, length_s));
        if (edge - length_s > -1e-6) largest = std::max(largest, mean_lufs(edge - length_s, length_s));
    }
    return largest;
}

double IdealReading::momentary_max_lufs() const { return largest_lufs(0.4); }
double IdealReading::short_term_max_lufs() const { return largest_lufs(3); }

double IdealReading::loudness_range_lu() const {
    std::vector<double> values;
    for (int k = 0; 0.1 * k + 3 < total_s() + 1.5 + 1e-6; ++k) values.push_back(mean_lufs(0.1 * k, 3));
    std::erase_if(values, [](double lufs) { return !(lufs >= -70); });
    const double gate = energy_mean(values) - 20;
    std::erase_if(values, [&](double lufs) { return !(lufs >= gate); });
    std::sort(values.begin(), values.end());
    const auto percentile = [&](double percent) {
        const double index = std::floor(static_cast<double>(values.size() - 1) * percent / 100 + 1 + 0.5);  // from 1
        return values[static_cast<std::size_t>(index) - 1];
    };
    return percentile(95) - percentile(10);
}

}  // namespace lathe::test
