// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/measure/k_weighting.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;

namespace {
struct Printed {
    double rate, b0, b1, b2, a1, a2, high_pass_a1, high_pass_a2;
};
double gain_db(const Biquad& f, double hz, double rate) {
    const auto z = std::polar(1.0, -2 * std::numbers::pi * hz / rate);
    return 20 * std::log10(std::abs((f.b0 + f.b1 * z + f.b2 * z * z) / (1.0 + f.a1 * z + f.a2 * z * z)));
}
double k_gain_db(double hz, double rate) {
    const KCoefficients k = k_coefficients(rate);
    return gain_db(k.shelf, hz, rate) + gain_db(k.high_pass, hz, rate);
}
}  // namespace

TEST_CASE("K-weighting: the coefficients are those of BS.1770-5 at 48 kHz and of libebur128 at other rates",
          "[measure]") {
    // 48 kHz: BS.1770-5 Annex 1, Tables 1 and 2.
    const Printed p = GENERATE(Printed{48000, 1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241,
                                       0.73248077421585, -1.99004745483398, 0.99007225036621},
                               Printed{44100, 1.53084123005035, -2.65097999515473, 1.16907907992159, -1.66365511325602,
                                       0.71259542807323, -1.98916967362980, 0.98919903578704},
                               Printed{88200, 1.55751537557965, -2.90562707992635, 1.36133397747221, -1.83091998796233,
                                       0.84414226108785, -1.99457751545034, 0.99458487587805},
                               Printed{96000, 1.55971422897580, -2.92674157825108, 1.37826120231582, -1.84460946989011,
                                       0.85584332293064, -1.99501754472472, 0.99502375904092},
                               Printed{176400, 1.57111531774185, -3.03654450240465, 1.46887161198976, -1.91532931683305,
                                       0.91877174416001, -1.99728692242381, 0.99728876502607},
                               Printed{192000, 1.57222721509128, -3.04728305156155, 1.47797134097961, -1.92220223060749,
                                       0.92511773511683, -1.99750722284070, 0.99750877835551});
    CAPTURE(p.rate);
    const KCoefficients k = k_coefficients(p.rate);
    CHECK_THAT(k.shelf.b0, WithinAbs(p.b0, 1e-13));
    CHECK_THAT(k.shelf.b1, WithinAbs(p.b1, 1e-13));
    CHECK_THAT(k.shelf.b2, WithinAbs(p.b2, 1e-13));
    CHECK_THAT(k.shelf.a1, WithinAbs(p.a1, 1e-13));
    CHECK_THAT(k.shelf.a2, WithinAbs(p.a2, 1e-13));
    CHECK(k.high_pass.b0 == 1);
    CHECK(k.high_pass.b1 == -2);
    CHECK(k.high_pass.b2 == 1);
    CHECK_THAT(k.high_pass.a1, WithinAbs(p.high_pass_a1, 1e-13));
    CHECK_THAT(k.high_pass.a2, WithinAbs(p.high_pass_a2, 1e-13));
}

TEST_CASE("K-weighting: gains at 48 kHz, and at 997 Hz at every rate, are the tabulated ones", "[measure]") {
    for (const auto& [hz, db] : {std::pair{20.0, -13.275},
                                 {50.0, -3.934},
                                 {100.0, -1.134},
                                 {200.0, -0.265},
                                 {500.0, 0.043},
                                 {997.0, 0.6910},
                                 {1000.0, 0.6977},
                                 {2000.0, 3.071},
                                 {5000.0, 4.013},
                                 {10000.0, 4.042}}) {
        CAPTURE(hz);
        CHECK_THAT(k_gain_db(hz, 48000), WithinAbs(db, 0.0006));
    }
    CHECK_THAT(k_gain_db(997, 44100), WithinAbs(0.6938, 0.00006));
    CHECK_THAT(k_gain_db(997, 96000), WithinAbs(0.6737, 0.00006));
    CHECK_THAT(k_gain_db(997, 192000), WithinAbs(0.6639, 0.00006));
}

TEST_CASE("K-weighting: the block form equals the two recursions sample by sample", "[measure]") {
    const double rate = GENERATE(44100.0, 192000.0);
    const int channels = GENERATE(1, 2, 3);
    const auto audio = test::noise(0.2, 8 * 5000, channels);
    AudioBuffer<double> blocked(channels, audio.frames()), direct(channels, audio.frames());
    KWeighting filter(channels, rate);
    for (Frames n = 0; n < audio.frames(); n += 8 * 100)
        filter.process(audio.view().slice(n, 800), blocked.view().slice(n, 800));

    const KCoefficients k = k_coefficients(rate);
    for (int c = 0; c < channels; ++c) {
        double x1 = 0, x2 = 0, u1 = 0, u2 = 0, y1 = 0, y2 = 0;
        for (Frames n = 0; n < audio.frames(); ++n) {
            const double x = audio.channel(c)[n];
            const double u = k.shelf.b0 * x + k.shelf.b1 * x1 + k.shelf.b2 * x2 - k.shelf.a1 * u1 - k.shelf.a2 * u2;
            const double y = u - 2 * u1 + u2 - k.high_pass.a1 * y1 - k.high_pass.a2 * y2;
            x2 = x1, x1 = x, u2 = u1, u1 = u, y2 = y1, y1 = y;
            direct.channel(c)[n] = y;
        }
    }
    CHECK(test::residual_db(direct, blocked) < -210);
}
