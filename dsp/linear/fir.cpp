// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/fir.h"

#include <algorithm>
#include <complex>
#include <utility>

#include "dsp/core/error.h"
#include "dsp/fft/fft.h"

namespace lathe {
namespace {

std::vector<double> direct_product(const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> product(a.size() + b.size() - 1);
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j) product[i + j] += a[i] * b[j];
    return product;
}

std::vector<double> fft_product(const std::vector<double>& a, const std::vector<double>& b) {
    const std::size_t length = a.size() + b.size() - 1;
    const RealFft<double> fft(power_of_two_at_least(length));
    const auto spectrum = [&](const std::vector<double>& taps) {
        AlignedVector<double> padded(fft.size());
        std::copy(taps.begin(), taps.end(), padded.begin());
        AlignedVector<std::complex<double>> values(fft.size() / 2 + 1);
        fft.forward(padded.data(), values.data());
        return values;
    };
    AlignedVector<std::complex<double>> values = spectrum(a);
    const AlignedVector<std::complex<double>> other = spectrum(b);
    for (std::size_t k = 0; k < values.size(); ++k) values[k] *= other[k];
    AlignedVector<double> samples(fft.size());
    fft.inverse(values.data(), samples.data());
    std::vector<double> product(length);
    for (std::size_t n = 0; n < length; ++n) product[n] = samples[n] / static_cast<double>(fft.size());
    return product;
}

/// a + gain · b with the time zero of b at its tap `origin`.
Fir with_added(Fir a, const Fir& b, Frames origin, double gain) {
    if (b.empty() || gain == 0) return a;
    if (a.empty()) return scaled({b.taps, origin}, gain);
    const Frames earlier = std::max<Frames>(origin - a.origin, 0);
    const Frames later = static_cast<Frames>(b.taps.size()) - 1 - origin - a.behind();
    if (later > 0) a.taps.resize(a.taps.size() + static_cast<std::size_t>(later));
    a.taps.insert(a.taps.begin(), static_cast<std::size_t>(earlier), 0.0);
    a.origin += earlier;
    double* const first = a.taps.data() + (a.origin - origin);
    for (std::size_t n = 0; n < b.taps.size(); ++n) first[n] += gain * b.taps[n];
    return a;
}

bool is_gain(const Fir& fir) { return fir.empty() || (fir.taps.size() == 1 && fir.origin == 0); }

bool only_mixes(const FirMatrix& matrix) {
    for (int o = 0; o < matrix.outputs(); ++o)
        for (int i = 0; i < matrix.inputs(); ++i)
            if (!is_gain(matrix.at(o, i))) return false;
    return true;
}

/// Lengthens a response by zeros on both sides.
void widen(Fir& fir, Frames ahead, Frames taps) {
    if (fir.empty()) fir = unit_fir(0);
    fir.taps.insert(fir.taps.begin(), static_cast<std::size_t>(ahead - fir.ahead()), 0.0);
    fir.origin = ahead;
    fir.taps.resize(static_cast<std::size_t>(taps));
}

double gain_of(const Fir& gain) { return gain.empty() ? 0 : gain.taps[0]; }

/// second ∘ first in the memory of first, where second is square and only mixes: responses may be long, and memory that
/// is new takes longer to come by than the sums.
FirMatrix mixed_in_place(FirMatrix first, const FirMatrix& second) {
    constexpr Frames stretch = 1024;
    const int channels = second.outputs();
    const Frames ahead = first.ahead(), taps = ahead + 1 + first.behind();
    AudioBuffer<double> unmixed(channels, stretch);
    for (int i = 0; i < first.inputs(); ++i) {
        std::vector<bool> sounds(static_cast<std::size_t>(channels));
        for (int o = 0; o < channels; ++o)
            for (int k = 0; k < channels; ++k)
                if (gain_of(second.at(o, k)) != 0 && !first.at(k, i).empty())
                    sounds[static_cast<std::size_t>(o)] = true;
        for (int k = 0; k < channels; ++k) widen(first.at(k, i), ahead, taps);
        for (Frames from = 0; from < taps; from += stretch) {
            const Frames count = std::min(stretch, taps - from);
            for (int k = 0; k < channels; ++k)
                std::copy_n(first.at(k, i).taps.data() + from, count, unmixed.channel(k));
            for (int o = 0; o < channels; ++o) {
                double* const mix = first.at(o, i).taps.data() + from;
                std::fill_n(mix, count, 0.0);
                for (int k = 0; k < channels; ++k) {
                    const double* const channel = unmixed.channel(k);
                    const double gain = gain_of(second.at(o, k));
                    for (Frames n = 0; n < count; ++n) mix[n] += gain * channel[n];
                }
            }
        }
        for (int o = 0; o < channels; ++o)
            if (!sounds[static_cast<std::size_t>(o)]) first.at(o, i) = {};
    }
    return first;
}

void need_stereo(int outputs, int inputs) {
    if (outputs != 2 || inputs != 2)
        throw BadSetting(
            "mid, side, left and right are parts of a stereo pair; for other channels write channel = \"stereo\"");
}

/// What takes the named part out of a stereo pair.
FirMatrix part_of_pair(Channel channel) {
    FirMatrix part(2, 2);
    if (channel == Channel::left) part.at(0, 0) = unit_fir();
    if (channel == Channel::right) part.at(1, 1) = unit_fir();
    if (channel == Channel::mid || channel == Channel::side) {
        part.at(0, 0) = part.at(1, 1) = unit_fir(0.5);
        part.at(0, 1) = part.at(1, 0) = unit_fir(channel == Channel::mid ? 0.5 : -0.5);
    }
    return part;
}

}  // namespace

Fir unit_fir(double gain) { return {{gain}, 0}; }

Fir sum(Fir a, Fir b) {
    if (a.taps.size() < b.taps.size()) std::swap(a, b);
    return with_added(std::move(a), b, b.origin, 1);
}

Fir scaled(Fir a, double gain) {
    if (gain == 0) return {};
    if (gain == 1) return a;
    for (double& tap : a.taps) tap *= gain;
    return a;
}

Fir convolved(Fir a, const Fir& b) {
    if (a.empty() || b.empty()) return {};
    if (b.taps.size() == 1) {
        a.origin += b.origin;
        return scaled(std::move(a), b.taps[0]);
    }
    const bool direct = std::min(a.taps.size(), b.taps.size()) <= 64;
    return {direct ? direct_product(a.taps, b.taps) : fft_product(a.taps, b.taps), a.origin + b.origin};
}

Frames FirMatrix::ahead() const {
    Frames most = 0;
    for (const Fir& fir : firs_) most = std::max(most, fir.ahead());
    return most;
}

Frames FirMatrix::behind() const {
    Frames most = 0;
    for (const Fir& fir : firs_) most = std::max(most, fir.behind());
    return most;
}

bool FirMatrix::is_identity() const {
    if (outputs_ != inputs_) return false;
    for (int o = 0; o < outputs_; ++o)
        for (int i = 0; i < inputs_; ++i) {
            const Fir& fir = at(o, i);
            if (o == i && fir.empty()) return false;
            for (Frames n = 0; n < static_cast<Frames>(fir.taps.size()); ++n)
                if (fir.taps[static_cast<std::size_t>(n)] != (o == i && n == fir.origin ? 1.0 : 0.0)) return false;
        }
    return true;
}

FirMatrix same_on_all(const Fir& fir, int channels) {
    FirMatrix matrix(channels, channels);
    for (int c = 0; c < channels; ++c) matrix.at(c, c) = fir;
    return matrix;
}

FirMatrix identity_matrix(int channels) { return same_on_all(unit_fir(), channels); }

FirMatrix then(FirMatrix first, const FirMatrix& second) {
    assert(first.outputs() == second.inputs());
    if (second.outputs() == second.inputs() && only_mixes(second)) return mixed_in_place(std::move(first), second);
    FirMatrix product(second.outputs(), first.inputs());
    for (int o = 0; o < product.outputs(); ++o)
        for (int i = 0; i < product.inputs(); ++i)
            for (int k = 0; k < first.outputs(); ++k) {
                Fir& whole = product.at(o, i);
                const Fir &a = first.at(k, i), &b = second.at(o, k);
                if (b.taps.size() == 1)
                    whole = with_added(std::move(whole), a, a.origin + b.origin, b.taps[0]);
                else
                    whole = sum(std::move(whole), convolved(a, b));
            }
    return product;
}

FirMatrix sum(FirMatrix a, FirMatrix b) {
    assert(a.outputs() == b.outputs() && a.inputs() == b.inputs());
    for (int o = 0; o < a.outputs(); ++o)
        for (int i = 0; i < a.inputs(); ++i) a.at(o, i) = sum(std::move(a.at(o, i)), std::move(b.at(o, i)));
    return a;
}

FirMatrix scaled(FirMatrix a, double gain) {
    for (int o = 0; o < a.outputs(); ++o)
        for (int i = 0; i < a.inputs(); ++i) a.at(o, i) = scaled(std::move(a.at(o, i)), gain);
    return a;
}

FirMatrix on_channel(const Fir& fir, Channel channel, int channels) {
    return restricted(same_on_all(fir, channels), channel);
}

FirMatrix mixed(const FirMatrix& processed, double mix) {
    if (mix == 1) return processed;
    if (processed.outputs() != processed.inputs())
        throw BadSetting("mix needs as many channels out as in; set mix = 1");
    return sum(scaled(processed, mix), scaled(identity_matrix(processed.inputs()), 1 - mix));
}

FirMatrix restricted(const FirMatrix& matrix, Channel channel) {
    if (channel == Channel::stereo) return matrix;
    need_stereo(matrix.outputs(), matrix.inputs());
    const FirMatrix part = part_of_pair(channel);
    const FirMatrix rest = sum(identity_matrix(2), scaled(part, -1));
    return sum(rest, then(part, then(matrix, part)));
}

}  // namespace lathe
