// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/core/random.h"
#include "dsp/fft/fft.h"
#include "dsp/linear/room_model.h"
#include "dsp/linear/taper.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/turning.h"

namespace lathe {
namespace {

using Complex = std::complex<double>;
using Spectrum = AlignedVector<Complex>;
constexpr double pi = std::numbers::pi;
constexpr double sound_speed = 343;     // m/s
constexpr double lead_seconds = 0.001;  // before the first reflection, for the ringing of the band limit
constexpr double mirror_jitter = 0.02;  // of the way: walls are not plane, and echoes in step would flutter
constexpr double specular = 0.7;        // energy that keeps its direction at each reflection

/// Sums of four uniforms, of unit variance: near enough to Gaussian once filtered, and the same on every machine.
double bell_random(std::uint64_t bits) {
    constexpr std::uint64_t every_other = 0x0000FFFF0000FFFF;
    const std::uint64_t pairs = (bits & every_other) + (bits >> 16 & every_other);
    const auto sum = static_cast<std::int64_t>((pairs & 0xFFFFFFFF) + (pairs >> 32));
    return (static_cast<double>(sum) / 65536 - 2 + 2.0 / 65536) * std::numbers::sqrt3;
}

/// Without C++'s care for infinities, which takes longer than the product, or the quotient, itself.
Complex product(Complex a, Complex b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}
Complex quotient(Complex a, Complex b) { return product(a, std::conj(b)) / std::norm(b); }

/// What a path does to every wave: a second-order low cut, a first-order high cut, nothing above the band limit.
Complex path_response(const RoomModel& model, double hz, double rate) {
    if (hz <= 0) return 0;
    const Complex low(0, hz / model.low_cut_hz), high(0, hz / model.high_cut_hz), square = low * low;
    return quotient(band_limit(hz, rate) * square, (1.0 + std::numbers::sqrt2 * low + square) * (1.0 + high));
}

/// The part of the sound that still comes as single reflections; the rest, in power, is noise.
double sparse_share(const RoomModel& model, double seconds) {
    return smooth_fall((seconds - model.sparse_until_s) / (model.dense_from_s - model.sparse_until_s));
}

struct Arrival {
    double seconds, gain;
    int order;
    double way;  ///< metres
};

/// A wide cardioid turned to the front and outwards, of mean power 1 over all directions.
double directivity(const Place& way, double length, bool right) {
    constexpr double omni = 0.7, power = omni * omni + (1 - omni) * (1 - omni) / 3;
    const double toward = ((right ? way[0] : -way[0]) - way[1]) / (std::numbers::sqrt2 * length);
    return (omni + (1 - omni) * toward) / std::sqrt(power);
}

/// The parts of each bin apart, with room to the next multiple of AddTurning::at_once.
struct SplitSpectrum {
    explicit SplitSpectrum(std::size_t count)
        : bins(count),
          real((count + AddTurning::at_once - 1) / AddTurning::at_once * AddTurning::at_once),
          imaginary(real.size()) {}
    std::size_t bins;
    AlignedVector<double> real, imaginary;
};

double mirrored(double place, double size, int n) { return n * size + (n % 2 == 0 ? place : size - place); }

/// Mirror sources of a shoebox (Allen, Berkley 1979) within `reach` metres of the receiver, jittered. The floor's own
/// is left out: the audience swallows it, and alone so close behind the direct sound it would be heard as a double.
std::vector<Arrival> mirror_arrivals(const RoomModel& model, int source, int receiver, double reach) {
    const CounterRandom random(model.seed * 64 + static_cast<std::uint64_t>(source));
    std::array<int, 3> most{};
    for (std::size_t axis = 0; axis < 3; ++axis)
        most[axis] = model.size[axis] > 0 ? static_cast<int>(std::ceil(reach / model.size[axis])) + 1 : 0;
    std::vector<Arrival> arrivals;
    std::array<int, 3> n{};
    std::uint64_t counter = 0;
    for (n[0] = -most[0]; n[0] <= most[0]; ++n[0])
        for (n[1] = -most[1]; n[1] <= most[1]; ++n[1])
            for (n[2] = -most[2]; n[2] <= most[2]; ++n[2]) {
                Place way{};
                double squares = 0;
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    const double jitter = 1 + mirror_jitter * (2 * random.uniform(counter++) - 1);
                    way[axis] = jitter * mirrored(model.sources[source][axis], model.size[axis], n[axis]) -
                                model.receivers[receiver][axis];
                    squares += way[axis] * way[axis];
                }
                const double length = std::sqrt(squares);
                if (length <= reach && !(n[0] == 0 && n[1] == 0 && n[2] == -1))
                    arrivals.push_back({length / sound_speed, directivity(way, length, receiver == 1) / length,
                                        std::abs(n[0]) + std::abs(n[1]) + std::abs(n[2]), length});
            }
    return arrivals;
}

void add_echo(SplitSpectrum& spectrum, double bin_hz, double seconds, double gain) {
    const double angle = -2 * pi * bin_hz * seconds;
    run_kernel<AddTurning>(angle, gain, spectrum.real.data(), spectrum.imaginary.data(), spectrum.real.size());
}

/// A reflection: its specular part, and weak echoes of either sign that scattering spreads over some milliseconds
/// behind it.
void add_reflection(SplitSpectrum& spectrum, double bin_hz, const Arrival& arrival, int scatter,
                    const CounterRandom& random, std::uint64_t& counter) {
    const double kept = scatter > 0 ? std::pow(specular, arrival.order) : 1;
    add_echo(spectrum, bin_hz, arrival.seconds, arrival.gain * std::sqrt(kept));
    const double gain = arrival.gain * std::sqrt((1 - kept) / std::max(scatter, 1));
    for (int i = 0; i < scatter; ++i) {
        const double spread = random.uniform(counter++), sign = random.bits(counter++) & 1 ? 1 : -1;
        add_echo(spectrum, bin_hz, arrival.seconds + 0.006 * spread * spread + 0.0002, sign * gain);
    }
}

/// Metres per second of a packet of bending waves in 0.5 mm of steel; below 120 Hz held, so that every wave arrives.
double bending_speed(double hz) { return 137 * std::sqrt(std::max(hz, 120.0) / 1000); }

/// A bending wave: wave number k ~ √f, so high frequencies come first; power 1/way, levelled over frequency.
void add_bending_wave(SplitSpectrum& spectrum, double bin_hz, double way, double until_seconds) {
    for (std::size_t k = 1; k < spectrum.bins; ++k) {
        const double hz = static_cast<double>(k) * bin_hz, speed = bending_speed(hz);
        const double share = smooth_fall(4 * (way / (speed * until_seconds) - 1));
        if (share <= 0) continue;
        // The phase is the integral of the delay: 2 hz / speed above the held part, which it joins smoothly.
        const double turns = hz >= 120 ? 2 * hz / speed : (hz + 120) / speed;
        const Complex wave = std::polar(share / std::sqrt(way * speed), -2 * pi * turns * way);
        spectrum.real[k] += wave.real();
        spectrum.imaginary[k] += wave.imag();
    }
}

struct Reflections {
    std::array<AlignedVector<double>, 4> paths;
    double power = 0;  ///< mean, per second
};

Reflections sparse_part(const RoomModel& model, double rate, Workers& workers) {
    const double seconds = 0.1 * std::ceil((model.dense_from_s + 0.06) / 0.1);
    const auto size = static_cast<std::size_t>(2 * std::llround(seconds * rate / 2));
    const double bin_hz = rate / static_cast<double>(size);
    const RealFft<double> fft(size);
    const double reach = model.is_plate ? 1.25 * model.dense_from_s * bending_speed(20000)
                                        : sound_speed * model.dense_from_s + 1.5 * model.size[1];

    std::array<std::vector<Arrival>, 4> arrivals;
    double first = reach;
    for (int path = 0; path < 4; ++path) {
        arrivals[path] = mirror_arrivals(model, path / 2, path % 2, reach);
        for (const Arrival& a : arrivals[path])
            if (a.order > 0) first = std::min(first, a.seconds);
    }

    Reflections result;
    result.power = model.is_plate ? 2 * pi / (model.size[0] * model.size[1])
                                  : 4 * pi * sound_speed / (model.size[0] * model.size[1] * model.size[2]);
    workers.for_each(4, [&](int path) {
        const CounterRandom random(model.seed * 64 + 8 + static_cast<std::uint64_t>(path));
        std::uint64_t counter = 0;
        SplitSpectrum waves(size / 2 + 1);
        for (Arrival& a : arrivals[path]) {
            a.seconds += lead_seconds - first;
            if (model.is_plate)
                add_bending_wave(waves, bin_hz, a.way, model.dense_from_s);
            else if (a.order > 0 && a.seconds < model.dense_from_s)
                add_reflection(waves, bin_hz, a, model.scatter, random, counter);
        }
        Spectrum spectrum(waves.bins);
        for (std::size_t k = 0; k < spectrum.size(); ++k)
            spectrum[k] =
                product({waves.real[k], waves.imaginary[k]},
                        path_response(model, static_cast<double>(k) * bin_hz, rate) / static_cast<double>(size));
        result.paths[path].resize(size);
        fft.inverse(spectrum.data(), result.paths[path].data());
    });
    return result;
}

/// Noise of the given mean power per second for both sources, on four paths; the receivers of one hear alike at low
/// frequencies, as in a diffuse field.
void dense_part(const RoomModel& model, double rate, double power, AudioBuffer<double>& audio, Workers& workers) {
    const auto size = static_cast<std::size_t>(audio.frames());
    const double seconds = static_cast<double>(size) / rate;
    const double scale = std::sqrt(power * seconds / 2) / static_cast<double>(size);
    const RealFft<double> fft(size);
    std::array<Spectrum, 2> paths;  // of one source at a time: they are as long as what they become
    for (Spectrum& path : paths) path.resize(size / 2 + 1);
    constexpr std::size_t stretch = 4096;
    for (int source = 0; source < 2; ++source) {
        const CounterRandom random(model.seed * 64 + 16 + static_cast<std::uint64_t>(source));
        workers.for_each(static_cast<int>(size / 2 / stretch + 1), [&](int part) {
            const std::size_t from = static_cast<std::size_t>(part) * stretch;
            if (from == 0) paths[0][0] = paths[1][0] = 0;
            for (std::size_t k = std::max<std::size_t>(from, 1); k < std::min(from + stretch, size / 2 + 1); ++k) {
                const double hz = static_cast<double>(k) / seconds;
                const Complex response = scale * path_response(model, hz, rate);
                const double ratio = hz / model.coherent_below_hz, alike = model.coherence / (1 + ratio * ratio);
                const double unlike = std::sqrt(1 - alike * alike);
                const Complex a(bell_random(random.bits(4 * k)), bell_random(random.bits(4 * k + 1)));
                const Complex b(bell_random(random.bits(4 * k + 2)), bell_random(random.bits(4 * k + 3)));
                paths[0][k] = response * a;
                paths[1][k] = response * (alike * a + unlike * b);
            }
        });
        workers.for_each(
            2, [&](int receiver) { fft.inverse(paths[receiver].data(), audio.channel(2 * source + receiver)); });
    }
}

}  // namespace

AudioBuffer<double> room_excitation(const RoomModel& model, double rate, Workers& workers) {
    const Reflections sparse = sparse_part(model, rate, workers);
    AudioBuffer<double> audio(4, 2 * std::llround(model.seconds * rate / 2));
    dense_part(model, rate, sparse.power, audio, workers);
    workers.for_each(4, [&](int path) {
        const auto& reflections = sparse.paths[path];
        double* const out = audio.channel(path);
        for (std::size_t n = 0; n < reflections.size(); ++n) {  // behind them there is noise alone
            const double share = sparse_share(model, static_cast<double>(n) / rate);
            out[n] = std::sqrt(1 - share) * out[n] + std::sqrt(share) * reflections[n];
        }
    });
    return audio;
}

}  // namespace lathe
