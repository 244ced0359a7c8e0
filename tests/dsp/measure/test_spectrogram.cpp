// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/spectrogram.h"

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

#include "dsp/core/error.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// Two pairs of hands, the last part first.
class ThreadWorkers final : public Workers {
public:
    void for_each(int count, const std::function<void(int)>& part) override {
        std::thread other([&] {
            for (int i = count - 1; i >= 0; i -= 2) part(i);
        });
        for (int i = count - 2; i >= 0; i -= 2) part(i);
        other.join();
    }
};

struct Picture {
    LogGrid grid;
    double hop_s = 0;
    std::vector<std::uint8_t> codes;

    std::int64_t columns() const { return std::ssize(codes) / grid.count; }
    std::uint8_t code(std::int64_t column, int row) const {
        return codes[static_cast<std::size_t>(column * grid.count + row)];
    }
    double db(std::int64_t column, int row) const { return spectrogram_db(code(column, row)); }
    std::int64_t column_at(double seconds) const { return static_cast<std::int64_t>(seconds / hop_s); }
    int nearest_row(double hz) const { return static_cast<int>(std::lround(grid.point(hz))); }
    /// The row of the highest level among those from low to high.
    int loudest_row(std::int64_t column, int low, int high) const {
        int best = low;
        for (int row = low; row <= high; ++row)
            if (db(column, row) > db(column, best)) best = row;
        return best;
    }
};

Picture picture_of(const AudioBuffer<double>& audio, double rate, const SpectrogramSettings& settings = {},
                   Workers* workers = nullptr, Frames cut = 0) {
    SerialWorkers serial;
    Picture picture{spectrogram_grid(rate), static_cast<double>(spectrogram_hop(rate)) / rate, {}};
    SpectrogramMeter meter(settings, audio.channels(), rate, workers ? *workers : serial,
                           [&](std::span<const std::uint8_t> columns) {
                               picture.codes.insert(picture.codes.end(), columns.begin(), columns.end());
                           });
    const AudioBuffer<float> samples = as<float>(audio);
    const Frames step = cut > 0 ? cut : std::max<Frames>(1, audio.frames());
    for (Frames n = 0; n < audio.frames(); n += step)
        meter.push(samples.view().slice(n, std::min(step, audio.frames() - n)));
    meter.finish();
    return picture;
}

AudioBuffer<double> sum(AudioBuffer<double> a, const AudioBuffer<double>& b) {
    for (int c = 0; c < a.channels(); ++c)
        for (Frames n = 0; n < a.frames(); ++n) a.channel(c)[n] += b.channel(c)[n];
    return a;
}

}  // namespace

TEST_CASE("spectrogram: a full-scale sine reads 0 dB within half a decibel in its row, at any frequency and rate",
          "[spectrogram]") {
    const double rate = GENERATE(8000.0, 44100.0, 48000.0, 88200.0, 192000.0);
    const double hz = GENERATE(25.0, 31.7, 47.3, 100.7, 333.0, 997.0, 1850.3, 3700.1, 7001.0, 9261.0, 12000.7, 18000.0);
    if (hz > 0.45 * rate) return;
    const Picture picture = picture_of(sine(hz, 1, rate, static_cast<Frames>(4 * rate)), rate);
    const int row = picture.nearest_row(hz);
    CAPTURE(rate, hz, row);
    for (const double at : {1.9, 2.0, 2.1}) {
        const std::int64_t column = picture.column_at(at);
        CHECK(std::abs(picture.db(column, row)) <= 0.5);
        CHECK(std::abs(picture.loudest_row(column, 0, picture.grid.count - 1) - row) <= 2);
    }
}

TEST_CASE("spectrogram: behind a sine nothing is seen of it two thirds of an octave away", "[spectrogram]") {
    const double hz = GENERATE(40.0, 500.0, 1850.0, 3700.0, 9300.0, 15000.0);
    const Picture picture = picture_of(sine(hz, 1, 44100, 4 * 44100), 44100);
    const std::int64_t column = picture.column_at(2);
    const int row = picture.nearest_row(hz);
    for (int other = 0; other < picture.grid.count; ++other) {
        if (std::abs(other - row) < 64) continue;
        CAPTURE(hz, picture.grid.hz(other));
        CHECK(picture.db(column, other) < -84);
    }
}

TEST_CASE("spectrogram: at the bottom sines 3 Hz apart are two lines", "[spectrogram]") {
    const double low = GENERATE(30.0, 40.0, 47.0);
    const Picture picture =
        picture_of(sum(sine(low, 0.5, 44100, 6 * 44100), sine(low + 3, 0.5, 44100, 6 * 44100)), 44100);
    const std::int64_t column = picture.column_at(3);
    const int first = picture.nearest_row(low), second = picture.nearest_row(low + 3);
    double dip = 0;
    for (int row = first; row <= second; ++row) dip = std::min(dip, picture.db(column, row));
    CAPTURE(low, picture.db(column, first), picture.db(column, second), dip);
    CHECK(std::abs(picture.db(column, first) + 6) < 2);
    CHECK(std::abs(picture.db(column, second) + 6) < 2);
    CHECK(dip < -10);
}

TEST_CASE("spectrogram: at the top clicks 20 ms apart are two lines, each within a column of its time",
          "[spectrogram]") {
    AudioBuffer<double> audio(1, 44100);
    const Frames first = GENERATE(20000, 20100, 20200), second = first + 882;
    audio.channel(0)[first] = audio.channel(0)[second] = 1;
    const Picture picture = picture_of(audio, 44100);
    const int row = picture.nearest_row(10000);
    const auto column = [&](Frames frame) {
        return static_cast<std::int64_t>(static_cast<double>(frame) / 44100 / picture.hop_s);
    };
    const double at_first = picture.db(column(first), row), at_second = picture.db(column(second), row);
    double between = 0;
    for (std::int64_t c = column(first); c <= column(second); ++c) between = std::min(between, picture.db(c, row));
    CAPTURE(first, at_first, between, at_second);
    CHECK(std::abs(at_first + 33) < 1.5);  // 2 w(0) / Σ w = 2 / (0.35875 · 225.8): −32.2 dB, or a little beside w(0)
    CHECK(std::abs(at_second + 33) < 1.5);
    CHECK(between < at_first - 40);
    CHECK(picture.db(column(first) - 2, row) < at_first - 40);
    CHECK(picture.db(column(second) + 2, row) < at_first - 40);
}

TEST_CASE("spectrogram: a swelling tone's power is centred where the tone is, in every octave", "[spectrogram]") {
    const double hz = GENERATE(30.0, 60.0, 120.0, 240.0, 480.0, 960.0, 1900.0, 3800.0, 7600.0, 15000.0);
    constexpr double middle_s = 3.1, spread_s = 0.5;
    AudioBuffer<double> audio = sine(hz, 0.5, 44100, 6 * 44100);
    for (Frames n = 0; n < audio.frames(); ++n)
        audio.channel(0)[n] *= std::exp(-std::pow((static_cast<double>(n) / 44100 - middle_s) / spread_s, 2));
    const Picture picture = picture_of(audio, 44100);
    const int row = picture.nearest_row(hz);
    double power = 0, moment = 0;
    for (std::int64_t c = 0; c < picture.columns(); ++c) {
        const double p = std::pow(10, picture.db(c, row) / 10);
        power += p;
        moment += p * (static_cast<double>(c) + 0.5) * picture.hop_s;
    }
    CAPTURE(hz);
    CHECK(std::abs(moment / power - middle_s) < 0.005);  // less than a column, even where windows are 1.7 s long
}

TEST_CASE("spectrogram: the same bits however the programme is cut and whoever works", "[spectrogram]") {
    const SpectrogramSettings settings{SpectrumPart::sum, GENERATE(false, true)};
    const AudioBuffer<double> audio = pink_noise(0.1, 150000, 2);
    const Picture whole = picture_of(audio, 44100, settings);
    REQUIRE(whole.columns() == 586);
    ThreadWorkers two;
    CHECK(picture_of(audio, 44100, settings, &two).codes == whole.codes);
    CHECK(picture_of(audio, 44100, settings, nullptr, 4001).codes == whole.codes);
    CHECK(picture_of(audio, 44100, settings, &two, 131073).codes == whole.codes);
    CHECK(picture_of(audio, 44100, settings, &two, GENERATE(331, 1009, 2003, 5003)).codes == whole.codes);
}

TEST_CASE("spectrogram: parts of a pair are what they say, and more channels add their powers", "[spectrogram]") {
    AudioBuffer<double> pair = sine(1000, 0.5, 44100, 44100, 2);
    for (Frames n = 0; n < pair.frames(); ++n) pair.channel(1)[n] *= -1;
    const auto level = [&](const AudioBuffer<double>& audio, SpectrumPart part) {
        const Picture picture = picture_of(audio, 44100, {part, false});
        return picture.db(picture.column_at(0.5), picture.nearest_row(1000));
    };
    CHECK(std::abs(level(pair, SpectrumPart::left) + 6) <= 0.5);
    CHECK(std::abs(level(pair, SpectrumPart::right) + 6) <= 0.5);
    CHECK(std::abs(level(pair, SpectrumPart::side) + 6) <= 0.5);
    CHECK(level(pair, SpectrumPart::mid) <= spectrogram_least_db);
    CHECK(std::abs(level(pair, SpectrumPart::sum) + 3) <= 0.5);
    CHECK(std::abs(level(sine(1000, 0.5, 44100, 44100, 5), SpectrumPart::sum) - 1) <= 0.5);  // 5 of them: 7 dB more
    CHECK_THROWS_AS(level(sine(1000, 0.5, 44100, 44100, 1), SpectrumPart::side), BadSetting);
}

TEST_CASE("spectrogram: a column for every hop that begins, even of one sample; silence reads the least level",
          "[spectrogram]") {
    const Picture one = picture_of(AudioBuffer<double>(1, 1), 44100);
    CHECK(one.columns() == 1);
    CHECK(std::all_of(one.codes.begin(), one.codes.end(), [](std::uint8_t code) { return code == 0; }));
    CHECK(picture_of(AudioBuffer<double>(2, 257), 44100).columns() == 2);
    CHECK(picture_of(AudioBuffer<double>(2, 0), 44100).columns() == 0);
    CHECK_THROWS_AS(picture_of(AudioBuffer<double>(1, 1), 60), BadSetting);
}

TEST_CASE("spectrogram: reassigned, a chirp's power lies on its instantaneous frequency", "[spectrogram]") {
    constexpr double rate = 44100, from = 300, slope = 1000, seconds = 5;  // Hz, Hz a second
    AudioBuffer<double> audio(2, static_cast<Frames>(rate * seconds));
    for (Frames n = 0; n < audio.frames(); ++n) {
        const double t = static_cast<double>(n) / rate;
        audio.channel(0)[n] = 0.5 * std::sin(2 * std::acos(-1.0) * (from * t + slope * t * t / 2));
    }
    const Picture sharp = picture_of(audio, rate, {SpectrumPart::sum, true}), plain = picture_of(audio, rate);
    const auto share_on_line = [&](const Picture& picture) {
        double on_line = 0, all = 0;
        for (std::int64_t c = picture.column_at(0.5); c < picture.column_at(4.5); ++c) {
            const double t = static_cast<double>(c) * picture.hop_s;
            const double low = picture.grid.point(from + slope * t),
                         high = picture.grid.point(from + slope * (t + picture.hop_s));
            for (int row = 0; row < picture.grid.count; ++row) {
                const double power = std::pow(10, picture.db(c, row) / 10);
                all += power;
                if (row > low - 1.5 && row < high + 1.5) on_line += power;
            }
        }
        return on_line / all;
    };
    CHECK(share_on_line(sharp) > 0.97);
    CHECK(share_on_line(plain) < 0.7);  // what it is sharper than
}

TEST_CASE("spectrogram: reassigned, a click's power lies in its column", "[spectrogram]") {
    AudioBuffer<double> audio(1, 2 * 44100);
    const std::int64_t first = 120, second = 200;  // columns, and where in them
    audio.channel(0)[first * 256 + GENERATE(40, 128, 210)] = 1;
    audio.channel(0)[second * 256 + 128] = -1;
    const Picture picture = picture_of(audio, 44100, {SpectrumPart::sum, true});
    double on_line = 0, all = 0;
    for (std::int64_t c = 0; c < picture.columns(); ++c)
        for (int row = picture.nearest_row(1500); row < picture.nearest_row(18000); ++row) {
            const double power = std::pow(10, picture.db(c, row) / 10);
            all += power;
            if (c == first || c == second) on_line += power;
        }
    CHECK(on_line / all > 0.98);
}

TEST_CASE("spectrogram: reassigned, a sine reads its level in one row and nothing two rows away", "[spectrogram]") {
    const double hz = GENERATE(31.7, 100.7, 997.0, 1850.3, 7001.0, 12000.7);
    const Picture picture = picture_of(sine(hz, 0.5, 44100, 6 * 44100), 44100, {SpectrumPart::sum, true});
    const int row = picture.nearest_row(hz);
    CAPTURE(hz, row);
    for (std::int64_t c = picture.column_at(2.9); c < picture.column_at(3.1); ++c) {
        double power = 0;
        for (int near = row - 1; near <= row + 1; ++near) power += std::pow(10, picture.db(c, near) / 10);
        CHECK(std::abs(10 * std::log10(power) + 6.02) < 0.75);
        for (const int away : {-16, -8, -2, 2, 8, 16}) CHECK(picture.db(c, row + away) < -80);
    }
}
