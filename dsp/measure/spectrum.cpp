// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrum.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/measure/level_histogram.h"
#include "dsp/measure/power_spectrum.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = 1 << 17;
constexpr double periods = 40;  // of a frequency in its window, where there are many resolutions
constexpr std::size_t padding = 1;
constexpr double floor_db = -160;

double level_db(double power) { return std::max(db_from_power(power), floor_db); }

/// Size, in powers of two with a fraction, of the window for a frequency.
double window_exponent(double hz, double rate, double least, double most) {
    return std::clamp(std::log2(periods * rate / hz), least, most);
}

/// The parabola through values at −1, 0 and 1: what a window's main lobe in dB is like.
double parabola(double before, double middle, double after, double at) {
    const double value = middle + at * ((after - before) / 2 + at * ((after + before) / 2 - middle));
    return std::max(value, floor_db);
}

double shortest_exponent(double rate) { return 7 + std::round(std::log2(rate / 44100)); }
double longest_exponent(double rate) { return 17 + std::round(std::log2(rate / 44100)); }

}  // namespace

LogGrid spectrum_grid(double rate) { return {10, 48, static_cast<int>(48 * std::log2(rate / 2 / 10)) + 1}; }
double spectrum_resolution_hz(double hz, double rate) {
    const double exponent = window_exponent(hz, rate, shortest_exponent(rate), longest_exponent(rate));
    return noise_bandwidth_bins(SpectrumWindow::hann) * rate / std::exp2(exponent);
}

/// One window length: the bins that are read from it, and what has been gathered of them.
struct SpectrumMeter::Resolution {
    Resolution(std::size_t window_size, SpectrumWindow window, std::size_t zeros, std::size_t first, std::size_t end)
        : transform(window_size, window, zeros),
          size(static_cast<Frames>(window_size)),
          first_bin(first),
          sums(end - first),
          peaks(end - first),
          histogram(end - first) {}

    void gather(std::span<const float> power, std::span<const float> levels_db) {
        for (std::size_t k = 0; k < power.size(); ++k) {
            sums[k] += power[k];
            peaks[k] = std::max(peaks[k], static_cast<double>(power[k]));
        }
        histogram.add(levels_db);
    }

    PowerSpectrum transform;
    Frames size;
    std::size_t first_bin;
    std::vector<double> sums, peaks;
    LevelHistogram histogram;
    Frames next = 0;  ///< frame of audio at which the next window starts
    int frames = 0;
    std::vector<float> rows, rows_db;  ///< of the windows that are being taken
};

SpectrumMeter::SpectrumMeter(const SpectrumSettings& settings, int channels, double rate, Workers& workers)
    : settings_(settings), rate_(rate), workers_(workers), queue_(part_channels(settings.part, channels)) {
    if (settings.size != 0) {
        const auto size = static_cast<std::size_t>(settings.size);
        if (!std::has_single_bit(size) || size < 1u << 10 || size > 1u << 18)
            throw BadSetting(fmt::format("a spectrum's size is a power of two from 1024 to 262144, not {}", size));
        resolutions_.push_back(std::make_unique<Resolution>(size, settings.window, 1, 0, size / 2 + 1));
        return;
    }
    const double least = shortest_exponent(rate), most = longest_exponent(rate);
    for (double exponent = least; exponent <= most; ++exponent) {
        // A size serves the frequencies whose exponent is less than one away; one bin more to both sides.
        const std::size_t size = std::size_t{1} << static_cast<int>(exponent);
        const double bins_per_hz = static_cast<double>(size * padding) / rate;
        const double low = exponent == most ? 0 : periods * rate / std::exp2(exponent + 1);
        const double high = exponent == least ? rate / 2 : std::min(rate / 2, periods * rate / std::exp2(exponent - 1));
        const std::size_t bins = size * padding / 2 + 1;
        const auto first =
            std::min(bins - 3, static_cast<std::size_t>(std::max(0.0, std::floor(low * bins_per_hz) - 1)));
        const auto end = std::min(bins, static_cast<std::size_t>(std::ceil(high * bins_per_hz)) + 2);
        resolutions_.push_back(
            std::make_unique<Resolution>(size, settings.window, padding, first, std::max(end, first + 3)));
    }
}

SpectrumMeter::~SpectrumMeter() = default;

void SpectrumMeter::push(AudioView<const float> audio) {
    for (Frames at = 0; at < audio.frames; at += piece_frames) {
        append_part(settings_.part, audio.slice(at, std::min(piece_frames, audio.frames - at)), queue_);
        take_frames();
    }
}

void SpectrumMeter::take_frames() {
    const Frames end = from_ + queue_.frames();
    const AudioView<const float> audio = std::as_const(queue_).view();
    workers_.for_each(static_cast<int>(resolutions_.size()), [&](int index) {
        Resolution& r = *resolutions_[static_cast<std::size_t>(index)];
        const auto count = static_cast<int>(std::max<Frames>(0, (end - r.next - r.size) / (r.size / 2) + 1));
        if (end - r.next < r.size) return;
        const std::size_t width = r.sums.size();
        r.rows.resize(width * static_cast<std::size_t>(count));
        r.rows_db.resize(r.rows.size());
        constexpr int together = 64;  // windows that one pair of hands takes
        workers_.for_each((count + together - 1) / together, [&](int group) {
            PowerSpectrum::Scratch scratch;
            for (int i = group * together; i < std::min(count, (group + 1) * together); ++i) {
                const std::size_t at = static_cast<std::size_t>(i) * width;
                const std::span row = std::span(r.rows).subspan(at, width);
                r.transform.sum_of_channels(audio.slice(r.next - from_ + i * (r.size / 2), r.size), scratch, row,
                                            r.first_bin);
                to_decibels(row, std::span(r.rows_db).subspan(at, width), 1e-16f);
            }
        });
        for (std::size_t at = 0; at < r.rows.size(); at += width)
            r.gather(std::span(r.rows).subspan(at, width), std::span(r.rows_db).subspan(at, width));
        r.frames += count;
        r.next += count * (r.size / 2);
    });
    Frames needed = end;
    for (const auto& r : resolutions_) needed = std::min(needed, r->next);
    queue_.drop(std::max<Frames>(0, needed - from_));
    from_ = std::max(from_, needed);
}

Spectrum SpectrumMeter::finish() {
    Frames missing = 0;
    for (const auto& r : resolutions_)
        if (r->frames == 0) missing = std::max(missing, r->size - from_ - queue_.frames());
    if (missing > 0) {
        // Only the windows that are still without a frame may see the silence.
        std::vector<std::unique_ptr<Resolution>> done;
        std::vector<std::unique_ptr<Resolution>> waiting;
        for (auto& r : resolutions_) (r->frames == 0 ? waiting : done).push_back(std::move(r));
        resolutions_ = std::move(waiting);
        queue_.append_silence(missing);
        take_frames();
        for (auto& r : resolutions_) done.push_back(std::move(r));
        resolutions_ = std::move(done);
    }
    return settings_.size != 0 ? of_bins() : of_grid();
}

Spectrum SpectrumMeter::of_bins() const {
    const Resolution& r = *resolutions_.front();
    Spectrum s;
    s.frames = r.frames;
    for (std::size_t k = 0; k < r.sums.size(); ++k) {
        s.hz.push_back(static_cast<double>(k) * rate_ / static_cast<double>(r.size));
        s.average_db.push_back(level_db(r.sums[k] / r.frames));
        s.peak_db.push_back(level_db(r.peaks[k]));
        s.p10_db.push_back(r.histogram.percentile_db(k, 0.1));
        s.p50_db.push_back(r.histogram.percentile_db(k, 0.5));
        s.p90_db.push_back(r.histogram.percentile_db(k, 0.9));
        s.noise_hz.push_back(noise_bandwidth_bins(settings_.window) * rate_ / static_cast<double>(r.size));
    }
    return s;
}

Spectrum SpectrumMeter::of_grid() const {
    const LogGrid grid = spectrum_grid(rate_);
    const double least = shortest_exponent(rate_), most = longest_exponent(rate_);
    Spectrum s;
    s.frames = resolutions_.back()->frames;
    for (int p = 0; p < grid.count; ++p) {
        const double hz = grid.hz(p), exponent = window_exponent(hz, rate_, least, most);
        const auto index = static_cast<std::size_t>(std::min(exponent - least, most - least - 1));
        const double upper = exponent - least - static_cast<double>(index);
        // Read between bins, then between two resolutions, in dB.
        const auto read = [&](const auto& level) {
            double sum = 0;
            for (const std::size_t i : {index, index + 1}) {
                const Resolution& r = *resolutions_[i];
                const double share = i == index ? 1 - upper : upper;
                if (share == 0) continue;
                const double at = hz * static_cast<double>(r.size) * padding / rate_ - static_cast<double>(r.first_bin);
                const auto bin =
                    std::clamp(static_cast<std::size_t>(std::max(at + 0.5, 0.0)), std::size_t{1}, r.sums.size() - 2);
                sum += share * parabola(level(r, bin - 1), level(r, bin), level(r, bin + 1),
                                        std::clamp(at - static_cast<double>(bin), -1.0, 1.0));
            }
            return sum;
        };
        s.hz.push_back(hz);
        s.average_db.push_back(read([](const Resolution& r, std::size_t k) { return level_db(r.sums[k] / r.frames); }));
        s.peak_db.push_back(read([](const Resolution& r, std::size_t k) { return level_db(r.peaks[k]); }));
        s.p10_db.push_back(read([](const Resolution& r, std::size_t k) { return r.histogram.percentile_db(k, 0.1); }));
        s.p50_db.push_back(read([](const Resolution& r, std::size_t k) { return r.histogram.percentile_db(k, 0.5); }));
        s.p90_db.push_back(read([](const Resolution& r, std::size_t k) { return r.histogram.percentile_db(k, 0.9); }));
        s.noise_hz.push_back(noise_bandwidth_bins(settings_.window) * rate_ / std::exp2(exponent));
    }
    return s;
}

}  // namespace lathe
