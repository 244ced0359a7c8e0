// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/room.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <map>
#include <numbers>
#include <utility>
#include <vector>

#include "dsp/core/error.h"
#include "dsp/fft/fft.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;

namespace {

using Complex = std::complex<double>;
using Spectrum = AlignedVector<Complex>;

double ratio_db(double a, double b) { return 10 * std::log10(a / b); }

/// Spectra of all channels, each with 0.25 s of silence ahead.
struct Spectra {
    explicit Spectra(const ImpulseResponse& room)
        : rate(room.rate),
          lead(static_cast<std::size_t>(room.rate / 4)),
          size(power_of_two_at_least(static_cast<std::size_t>(room.audio.frames()) + 3 * lead)) {
        const RealFft<double> fft(size);
        for (int c = 0; c < room.audio.channels(); ++c) {
            AlignedVector<double> in(size);
            std::copy_n(room.audio.channel(c), room.audio.frames(), in.begin() + static_cast<std::ptrdiff_t>(lead));
            channels.emplace_back(size / 2 + 1);
            fft.forward(in.data(), channels.back().data());
        }
    }
    /// Analytic signal of an octave band, at the lowest rate that holds it; edges of a Gaussian flank, 0.15 octaves
    /// wide.
    Spectrum octave(std::size_t channel, double centre) const {
        const double hz_per_bin = rate / static_cast<double>(size);
        const auto first = static_cast<std::size_t>(centre / 2.8 / hz_per_bin);
        const auto last = std::min(static_cast<std::size_t>(centre * 2.8 / hz_per_bin), size / 2);
        const ComplexFft<double> fft(power_of_two_at_least(last - first + 1));
        Spectrum bins(fft.size()), band(fft.size());
        for (std::size_t k = first; k <= last; ++k) {
            const double octaves = std::abs(std::log2(static_cast<double>(k) * hz_per_bin / centre)) - 0.35;
            const double flank = octaves > 0 ? std::exp(-octaves * octaves / (2 * 0.1 * 0.1)) : 1;
            bins[k - first] = std::conj(channels[channel][k] * flank);
        }
        fft.forward(bins.data(), band.data());
        for (auto& value : band) value = std::conj(value);
        return band;
    }
    double seconds_per_value(const Spectrum& band) const {
        return static_cast<double>(size) / rate / static_cast<double>(band.size());
    }

    double rate;
    std::size_t lead, size;
    std::vector<Spectrum> channels;
};

/// T30 of an octave over all channels: Schroeder's backward integration, least squares from −5 to −35 dB.
double t30(const Spectra& spectra, double centre) {
    std::vector<double> energy;
    double step = 0;
    for (std::size_t c = 0; c < spectra.channels.size(); ++c) {
        const Spectrum band = spectra.octave(c, centre);
        step = spectra.seconds_per_value(band);
        energy.resize(band.size());
        for (std::size_t n = 0; n < band.size(); ++n) energy[n] += std::norm(band[n]);
    }
    for (std::size_t n = energy.size() - 1; n-- > 0;) energy[n] += energy[n + 1];
    double count = 0, t = 0, tt = 0, d = 0, td = 0;
    for (std::size_t n = 0; n < energy.size(); ++n) {
        const double db = ratio_db(energy[n], energy[0]), time = static_cast<double>(n) * step;
        if (db > -5 || db < -35) continue;
        count += 1, t += time, tt += time * time, d += db, td += time * db;
    }
    return -60 * (count * tt - t * t) / (count * td - t * d);
}

/// Correlation of two channels' octave band from 0.1 s on.
double correlation(const Spectra& spectra, std::size_t a, std::size_t b, double centre) {
    const Spectrum x = spectra.octave(a, centre), y = spectra.octave(b, centre);
    double xy = 0, xx = 0, yy = 0;
    for (auto n = static_cast<std::size_t>(0.35 / spectra.seconds_per_value(x)); n < x.size(); ++n) {
        xy += (x[n] * std::conj(y[n])).real();
        xx += std::norm(x[n]);
        yy += std::norm(y[n]);
    }
    return xy / std::sqrt(xx * yy);
}

/// Share of samples beyond one standard deviation: 0.317 for Gaussian noise, less the sparser the echoes (Abel, Huang,
/// 121st AES Convention, 2006).
double beyond_deviation(const double* x, std::size_t count) {
    double power = 0, beyond = 0;
    for (std::size_t n = 0; n < count; ++n) power += x[n] * x[n];
    for (std::size_t n = 0; n < count; ++n) beyond += x[n] * x[n] * static_cast<double>(count) > power;
    return beyond / static_cast<double>(count);
}

/// The response of one channel at hz, by the definition.
Complex response_at(const ImpulseResponse& room, int channel, double hz) {
    Complex sum = 0, turn = std::polar(1.0, -2 * std::numbers::pi * hz / room.rate), phase = 1;
    for (Frames n = 0; n < room.audio.frames(); ++n, phase *= turn) sum += room.audio.channel(channel)[n] * phase;
    return sum;
}

using RoomAtRate = std::pair<RoomPreset, double>;

/// Made once for all tests.
const ImpulseResponse& room_at(RoomPreset preset, double rate) {
    static std::map<RoomAtRate, ImpulseResponse> rooms;
    const auto [place, fresh] = rooms.try_emplace({preset, rate});
    SerialWorkers workers;
    if (fresh) place->second = make_room(preset, rate, workers);
    return place->second;
}

}  // namespace

TEST_CASE("rooms: decay as they claim", "[reverb]") {
    const auto [preset, rate] = GENERATE(RoomAtRate{RoomPreset::plate, 44100}, RoomAtRate{RoomPreset::chamber, 44100},
                                         RoomAtRate{RoomPreset::hall, 44100}, RoomAtRate{RoomPreset::church, 44100},
                                         RoomAtRate{RoomPreset::church, 48000}, RoomAtRate{RoomPreset::plate, 88200},
                                         RoomAtRate{RoomPreset::hall, 96000}, RoomAtRate{RoomPreset::chamber, 192000});
    const Spectra spectra(room_at(preset, rate));
    const auto claims = room_decay(preset);
    REQUIRE(claims.size() == 9);
    for (std::size_t band = 0; band < claims.size(); ++band) {
        const double measured = t30(spectra, 1000 * std::exp2(static_cast<double>(band) - 4));
        CAPTURE(static_cast<int>(preset), rate, claims[band].hz);
        const double percent = 100 * std::abs(measured / claims[band].t60_s - 1);
        CHECK(percent < test::record("Reverb", "T60 of the presets' octave bands, 63 Hz to 16 kHz", "what they claim",
                                     5, percent, "%"));
    }
}

TEST_CASE("rooms: pass as much power as they are given, and no DC", "[reverb]") {
    const RoomPreset preset = GENERATE(RoomPreset::plate, RoomPreset::chamber, RoomPreset::hall, RoomPreset::church);
    const ImpulseResponse& room = room_at(preset, 44100);
    REQUIRE(room.audio.channels() == 4);
    const Spectra spectra(room);
    const double hz_per_bin = room.rate / static_cast<double>(spectra.size);
    double power = 0, bins = 0, dc = 0;
    for (const Spectrum& channel : spectra.channels) {
        for (auto k = static_cast<std::size_t>(20 / hz_per_bin); k < static_cast<std::size_t>(20000 / hz_per_bin);
             ++k) {
            power += std::norm(channel[k]);
            bins += 1;
        }
        dc = std::max(dc, std::abs(channel[0]));
    }
    CHECK_THAT(2 * power / bins, WithinAbs(1, 1e-3));  // two of the four channels feed each output
    CHECK(dc < 1e-3);
}

TEST_CASE("rooms: are flat on the whole, without strong bands", "[reverb]") {
    const RoomPreset preset = GENERATE(RoomPreset::plate, RoomPreset::chamber, RoomPreset::hall, RoomPreset::church);
    const Spectra spectra(room_at(preset, 44100));
    const double hz_per_bin = spectra.rate / static_cast<double>(spectra.size);
    const auto third_db = [&](double centre) {
        double power = 0, bins = 0;
        for (const Spectrum& channel : spectra.channels)
            for (double hz = centre / 1.122; hz < centre * 1.122; hz += hz_per_bin, bins += 1)
                power += std::norm(channel[static_cast<std::size_t>(hz / hz_per_bin)]);
        return 10 * std::log10(power / bins);
    };
    double before = third_db(79.43);
    const double middle = third_db(1000);
    for (int third = 0; third < 23; ++third) {  // 100 Hz to 16 kHz
        const double centre = 100 * std::pow(10, third / 10.0), level = third_db(centre);
        CAPTURE(static_cast<int>(preset), centre);
        CHECK_THAT(level - before, WithinAbs(0, 2.5));
        CHECK_THAT(level - middle, WithinAbs(centre > 5000 ? -5 : 0, centre > 5000 ? 6 : 4));
        before = level;
    }
}

TEST_CASE("rooms: left and right are alike at low frequencies only", "[reverb]") {
    const RoomPreset preset = GENERATE(RoomPreset::chamber, RoomPreset::hall, RoomPreset::church);
    const Spectra spectra(room_at(preset, 44100));
    CAPTURE(static_cast<int>(preset));
    CHECK(correlation(spectra, 0, 1, 62.5) > 0.4);
    CHECK(correlation(spectra, 2, 3, 62.5) > 0.4);
    for (const double hz : {1000.0, 2000.0, 4000.0, 8000.0}) {
        CHECK_THAT(correlation(spectra, 0, 1, hz), WithinAbs(0, 0.15));
        CHECK_THAT(correlation(spectra, 2, 3, hz), WithinAbs(0, 0.15));
        CHECK_THAT(correlation(spectra, 0, 2, hz), WithinAbs(0, 0.15));  // and each source has its own answer
    }
}

TEST_CASE("rooms: single reflections come first, then a dense field; a plate is dense at once", "[reverb]") {
    const double rate = 44100;
    const auto density = [&](const ImpulseResponse& room, double from_ms) {
        double sum = 0;
        for (int c = 0; c < 4; ++c)
            sum += beyond_deviation(room.audio.channel(c) + static_cast<Frames>(from_ms * rate / 1000), 882);
        return sum / 4;
    };
    const ImpulseResponse &hall = room_at(RoomPreset::hall, rate), &plate = room_at(RoomPreset::plate, rate);
    CHECK(density(hall, 0) < 0.15);
    CHECK(density(hall, 100) > 0.29);
    CHECK(density(plate, 5) > 0.29);

    // Each path has its own first reflection, within 15 ms of the first of all, which comes at once.
    std::array<double, 4> onset_ms{};
    for (int c = 0; c < 4; ++c) {
        const double* x = hall.audio.channel(c);
        Frames n = 0;
        while (std::abs(x[n]) < 0.02) ++n;
        onset_ms[static_cast<std::size_t>(c)] = static_cast<double>(n) / rate * 1000;
    }
    std::sort(onset_ms.begin(), onset_ms.end());
    CHECK(onset_ms[0] < 2);
    CHECK(onset_ms[3] < 15);
    for (std::size_t i = 1; i < 4; ++i) CHECK(onset_ms[i] - onset_ms[i - 1] > 0.05);
}

TEST_CASE("rooms: are the same at every rate, up to 0.45 of the lower one", "[reverb]") {
    const ImpulseResponse &low = room_at(RoomPreset::hall, 44100), &high = room_at(RoomPreset::hall, 96000);
    double error = 0, power = 0;
    for (double hz = 40; hz < 19800; hz *= 1.05) {
        const Complex a = response_at(low, 2, hz), b = response_at(high, 2, hz);
        error += std::norm(a - b);
        power += std::norm(a);
    }
    CHECK(ratio_db(error, power) < -40);
}

TEST_CASE("rooms: end in silence, without a step", "[reverb]") {
    const ImpulseResponse& room = room_at(RoomPreset::chamber, 44100);
    double peak = 0;
    for (Frames n = 0; n < room.audio.frames(); ++n) peak = std::max(peak, std::abs(room.audio.channel(0)[n]));
    double last = 0;
    for (Frames n = room.audio.frames() - 441; n < room.audio.frames(); ++n)
        last = std::max(last, std::abs(room.audio.channel(0)[n]));
    CHECK(20 * std::log10(last / peak) < -110);
    SerialWorkers workers;
    CHECK_THROWS_AS(make_room(RoomPreset::hall, 8000, workers), BadSetting);
}
