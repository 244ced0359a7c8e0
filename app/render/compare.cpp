// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <utility>

#include "app/media/audio_file.h"
#include "app/render/align.h"
#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/fft/fft.h"

namespace lathe {
namespace {

constexpr double longest_offset_s = 10;
/// The pieces that gains and spans are found by.
constexpr double piece_s = 0.1;
/// A piece belongs to a span when its own gain or its residual stands out from the whole by this much.
constexpr double notable_gain_db = 0.05, notable_residual_db = 6;
constexpr double silence_dbfs = -90;
constexpr std::size_t spectrum_size = 8192;

std::optional<double> level(double power) { return power > 0 ? std::optional(db_from_power(power)) : std::nullopt; }

/// Two files side by side, B shifted against A, from the first frame that both have. Where one ends sooner than the
/// offset explains, silence stands for the rest.
class AlignedPair {
public:
    AlignedPair(const std::filesystem::path& a, const std::filesystem::path& b, Frames offset)
        : a_(a), b_(b), begin_(std::max<Frames>(0, -offset)) {
        a_.seek(std::min(begin_, a_.info().frames));
        b_.seek(std::min(begin_ + offset, b_.info().frames));
        const Frames end_a = a_.info().frames, end_b = b_.info().frames - offset;
        const Frames end =
            std::abs(end_a - end_b) <= std::abs(offset) ? std::min(end_a, end_b) : std::max(end_a, end_b);
        frames_ = std::max<Frames>(0, end - begin_);
    }
    Frames begin() const { return begin_; }  ///< in A
    Frames frames() const { return frames_; }
    /// The next piece of both.
    void read(AudioView<double> a, AudioView<double> b) {
        fill(a_, a);
        fill(b_, b);
    }

private:
    static void fill(AudioReader& reader, AudioView<double> out) {
        Frames got = 0;
        while (got < out.frames) {
            const Frames n = reader.read(out.slice(got, out.frames - got));
            if (n == 0) break;
            got += n;
        }
        for (int c = 0; c < out.channels; ++c) std::fill_n(out.channel(c) + got, out.frames - got, 0.0);
    }

    AudioReader a_, b_;
    Frames begin_, frames_ = 0;
};

/// Sums over a piece: Σ aa, Σ ab, Σ bb.
struct Piece {
    double aa = 0, ab = 0, bb = 0;
    Frames frames = 0;
    int channels = 0;
    double gain() const { return aa > 0 ? ab / aa : 0; }
    double residual_power(double gain_b) const {  // of b − gain · a, per sample
        return std::max(0.0, bb - 2 * gain_b * ab + gain_b * gain_b * aa) / static_cast<double>(frames * channels);
    }
    double power() const { return aa / static_cast<double>(frames * channels); }
};

std::vector<Piece> measure_pieces(AlignedPair& pair, int channels, Frames piece_frames, const Cancel& cancel) {
    std::vector<Piece> pieces;
    AudioBuffer<double> a(channels, piece_frames), b(channels, piece_frames);
    for (Frames at = 0; at < pair.frames(); at += piece_frames) {
        cancel.check();
        const Frames n = std::min(piece_frames, pair.frames() - at);
        pair.read(a.view().slice(0, n), b.view().slice(0, n));
        Piece piece{0, 0, 0, n, channels};
        for (int c = 0; c < channels; ++c)
            for (Frames i = 0; i < n; ++i) {
                const double x = a.channel(c)[i], y = b.channel(c)[i];
                piece.aa += x * x, piece.ab += x * y, piece.bb += y * y;
            }
        pieces.push_back(piece);
    }
    return pieces;
}

/// The gain that most of the sound agrees on: the median over pieces that are not silent, weighted by their energy's
/// root.
double overall_gain(const std::vector<Piece>& pieces) {
    std::vector<std::pair<double, double>> gains;
    double total = 0;
    for (const Piece& piece : pieces)
        if (piece.gain() > 0 && db_from_power(piece.power()) > silence_dbfs) {
            gains.emplace_back(piece.gain(), std::sqrt(piece.aa));
            total += gains.back().second;
        }
    if (gains.empty()) return 1;
    std::sort(gains.begin(), gains.end());
    double sum = 0;
    for (const auto& [gain, weight] : gains)
        if ((sum += weight) >= total / 2) return gain;
    return gains.back().first;
}

/// Exact figures at the gain found, and spectra of A and of what is left.
struct Residual {
    double power = 0, peak = 0;
    std::vector<double> spectrum_a = std::vector<double>(spectrum_size / 2 + 1), spectrum_left = spectrum_a;
};

Residual measure_residual(AlignedPair& pair, int channels, double gain, const Cancel& cancel) {
    Residual residual;
    const Frames size = static_cast<Frames>(spectrum_size);
    const RealFft<double> fft(spectrum_size);
    AudioBuffer<double> a(channels, size), b(channels, size);
    AlignedVector<double> windowed(spectrum_size);
    AlignedVector<std::complex<double>> spectrum(spectrum_size / 2 + 1);
    const auto add_spectrum = [&](const double* x, std::vector<double>& sum) {
        for (std::size_t i = 0; i < spectrum_size; ++i) {
            const double s = std::sin(M_PI * (static_cast<double>(i) + 0.5) / static_cast<double>(spectrum_size));
            windowed[i] = s * s * x[i];
        }
        fft.forward(windowed.data(), spectrum.data());
        for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += std::norm(spectrum[k]);
    };
    double energy = 0;
    for (Frames at = 0; at < pair.frames(); at += size) {
        cancel.check();
        const Frames n = std::min(size, pair.frames() - at);
        pair.read(a.view().slice(0, n), b.view().slice(0, n));
        for (int c = 0; c < channels; ++c) {
            double *x = a.channel(c), *y = b.channel(c);
            std::fill(x + n, x + size, 0.0);
            std::fill(y + n, y + size, 0.0);
            for (Frames i = 0; i < n; ++i) {
                y[i] -= gain * x[i];
                energy += y[i] * y[i];
                residual.peak = std::max(residual.peak, std::abs(y[i]));
            }
            add_spectrum(x, residual.spectrum_a);
            add_spectrum(y, residual.spectrum_left);
        }
    }
    residual.power = energy / static_cast<double>(std::max<Frames>(1, pair.frames() * channels));
    return residual;
}

std::vector<ResidualBand> octaves(const Residual& residual, double rate) {
    std::vector<ResidualBand> bands;
    for (double hz = 31.25; hz < rate / 2 / std::sqrt(2.0) && hz < 20000; hz *= 2) {
        double a = 0, left = 0;
        const auto bin = [&](double f) {
            return static_cast<std::size_t>(std::lround(f / rate * static_cast<double>(spectrum_size)));
        };
        for (std::size_t k = bin(hz / std::sqrt(2.0));
             k < std::min(bin(hz * std::sqrt(2.0)), residual.spectrum_a.size()); ++k)
            a += residual.spectrum_a[k], left += residual.spectrum_left[k];
        bands.push_back({hz, a > 0 ? level(left / a) : std::nullopt});
    }
    return bands;
}

std::vector<ResidualSpan> find_spans(const std::vector<Piece>& pieces, double gain, double begin_s, double seconds) {
    std::vector<double> residuals;
    for (const Piece& piece : pieces) residuals.push_back(piece.residual_power(gain));
    std::vector<double> sorted = residuals;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
    const double usual = sorted.empty() ? 0 : sorted[sorted.size() / 2];
    const auto stands_out = [&](std::size_t i) {
        const Piece& piece = pieces[i];
        if (db_from_power(residuals[i]) < silence_dbfs - 30) return false;
        const bool louder = piece.gain() > 0 && db_from_power(piece.power()) > silence_dbfs &&
                            std::abs(db_from_gain(piece.gain() / gain)) > notable_gain_db;
        return louder || residuals[i] > usual * power_from_db(notable_residual_db) + power_from_db(silence_dbfs - 30);
    };
    std::vector<ResidualSpan> spans;
    for (std::size_t i = 0; i < pieces.size();) {
        if (!stands_out(i)) {
            ++i;
            continue;
        }
        Piece sum{0, 0, 0, 0, pieces[i].channels};
        const std::size_t first = i;
        for (; i < pieces.size() && stands_out(i); ++i)
            sum.aa += pieces[i].aa, sum.ab += pieces[i].ab, sum.bb += pieces[i].bb, sum.frames += pieces[i].frames;
        spans.push_back({begin_s + static_cast<double>(first) * seconds, begin_s + static_cast<double>(i) * seconds,
                         sum.gain() > 0 ? db_from_gain(sum.gain()) : 0, level(sum.residual_power(gain))});
    }
    return spans;
}

}  // namespace

Comparison compare_files(const std::filesystem::path& a, const std::filesystem::path& b, const Cancel& cancel) {
    const AudioInfo info_a = AudioReader(a).info(), info_b = AudioReader(b).info();
    if (info_a.sample_rate != info_b.sample_rate)
        throw InputError(fmt::format("{}: has {} Hz, but {} has {}; resample one of them first", b.string(),
                                     info_b.sample_rate, a.string(), info_a.sample_rate));
    if (info_a.channels != info_b.channels)
        throw InputError(fmt::format("{}: has {} channel(s), but {} has {}", b.string(), info_b.channels, a.string(),
                                     info_a.channels));
    const int channels = info_a.channels;
    const Frames piece_frames = std::llround(piece_s * info_a.sample_rate);

    Comparison comparison;
    comparison.offset_samples = offset_of(a, b, static_cast<Frames>(longest_offset_s * info_a.sample_rate));
    AlignedPair coarse(a, b, comparison.offset_samples);
    const std::vector<Piece> pieces = measure_pieces(coarse, channels, piece_frames, cancel);
    double gain = overall_gain(pieces);
    if (std::abs(db_from_gain(gain)) < 1e-6) gain = 1;
    comparison.gain_db = db_from_gain(gain);
    AlignedPair fine(a, b, comparison.offset_samples);
    const Residual residual = measure_residual(fine, channels, gain, cancel);
    comparison.residual_rms_dbfs = level(residual.power);
    comparison.residual_peak_dbfs = level(residual.peak * residual.peak);
    comparison.bands = octaves(residual, info_a.sample_rate);
    comparison.spans = find_spans(pieces, gain, static_cast<double>(fine.begin()) / info_a.sample_rate,
                                  static_cast<double>(piece_frames) / info_a.sample_rate);
    comparison.identical =
        residual.peak == 0 && gain == 1 && comparison.offset_samples == 0 && info_a.frames == info_b.frames;
    return comparison;
}

}  // namespace lathe
