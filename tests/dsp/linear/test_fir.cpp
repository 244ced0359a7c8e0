// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/fir.h"

#include "dsp/core/error.h"
#include "dsp/linear/wet_dry.h"
#include "tests/dsp/linear/filter_references.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// What a matrix makes of audio, on frames far enough from the ends that nothing is cut off.
AudioBuffer<double> filtered(const FirMatrix& matrix, const AudioBuffer<double>& in) {
    AudioBuffer<double> out(matrix.outputs(), in.frames());
    for (int o = 0; o < matrix.outputs(); ++o)
        for (Frames n = 0; n < in.frames(); ++n) out.channel(o)[n] = direct_sample(matrix, in, o, n);
    return out;
}

/// Noise with silence around it, so that filters after each other lose nothing at the ends.
AudioBuffer<double> padded_noise(int channels) {
    AudioBuffer<double> audio(channels, 600);
    const AudioBuffer<double> sound = noise(0.3, 200, channels);
    copy_audio<double>(sound.view(), audio.view().slice(200, 200));
    return audio;
}

FirMatrix random_matrix(int outputs, int inputs, unsigned seed) {
    FirMatrix matrix(outputs, inputs);
    for (int o = 0; o < outputs; ++o)
        for (int i = 0; i < inputs; ++i)
            matrix.at(o, i) = noise_fir(20 + 5 * o + 3 * i, seed + static_cast<unsigned>(o * inputs + i));
    return matrix;
}

AudioBuffer<double> mid_and_side(const AudioBuffer<double>& in) {
    AudioBuffer<double> out(2, in.frames());
    for (Frames n = 0; n < in.frames(); ++n) {
        out.channel(0)[n] = (in.channel(0)[n] + in.channel(1)[n]) / 2;
        out.channel(1)[n] = (in.channel(0)[n] - in.channel(1)[n]) / 2;
    }
    return out;
}

}  // namespace

TEST_CASE("responses: a sum lines up the time zeros", "[linear]") {
    const Fir total = sum(Fir{{1, 2, 3}, 2}, Fir{{10, 20, 30, 40}, 0});
    CHECK(total.taps == std::vector<double>{1, 2, 13, 20, 30, 40});
    CHECK(total.origin == 2);
    CHECK(sum(Fir{}, Fir{{5}, 0}).taps == std::vector<double>{5});
}

TEST_CASE("responses: convolution by transform equals the direct sum", "[linear]") {
    const Fir a = noise_fir(300, 1), b = noise_fir(1000, 2), product = convolved(a, b);
    REQUIRE(product.taps.size() == 1299);
    CHECK(product.origin == a.origin + b.origin);
    for (std::size_t n = 0; n < product.taps.size(); ++n) {
        double expected = 0;
        for (std::size_t i = 0; i < a.taps.size(); ++i)
            if (n >= i && n - i < b.taps.size()) expected += a.taps[i] * b.taps[n - i];
        CHECK_THAT(product.taps[n], WithinAbs(expected, 1e-14));
    }
    CHECK(convolved(Fir{{1, 2}, 0}, Fir{{3, 4}, 1}).taps == std::vector<double>{3, 10, 8});
    CHECK(convolved(Fir{}, a).empty());
}

TEST_CASE("matrices: one then the other sounds like the two in a row", "[linear]") {
    const FirMatrix first = random_matrix(3, 2, 1), second = random_matrix(2, 3, 50);
    const auto in = padded_noise(2);
    CHECK(residual_db(filtered(second, filtered(first, in)), filtered(then(first, second), in)) < -280.0);
}

TEST_CASE("matrices: a mix of what filters make sounds like the mix behind them", "[linear]") {
    FirMatrix first = random_matrix(3, 2, 1), second(3, 3);
    first.at(0, 0) = {};
    first.at(1, 0) = noise_fir(2000, 7);  // past one stretch, and longer than all others
    first.at(2, 1) = {{0.25, 0.5}, -4};   // late
    second.at(0, 0) = unit_fir(0.7);
    second.at(0, 1) = unit_fir(-0.4);
    second.at(1, 2) = unit_fir();
    second.at(2, 0) = unit_fir(2);
    const auto in = padded_noise(2);
    const FirMatrix product = then(first, second);
    CHECK(residual_db(filtered(second, filtered(first, in)), filtered(product, in)) < -280.0);
    CHECK(product.at(2, 0).empty());
    CHECK(!product.at(2, 1).empty());
}

TEST_CASE("matrices: sums, gains and mixes sound like sums, gains and mixes", "[linear]") {
    const FirMatrix a = random_matrix(2, 2, 1), b = random_matrix(2, 2, 9);
    const auto in = padded_noise(2), from_a = filtered(a, in), from_b = filtered(b, in);
    AudioBuffer<double> added(2, in.frames()), halved(2, in.frames()), blended(2, in.frames());
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < in.frames(); ++n) {
            added.channel(c)[n] = from_a.channel(c)[n] + from_b.channel(c)[n];
            halved.channel(c)[n] = from_a.channel(c)[n] / 2;
            blended.channel(c)[n] = in.channel(c)[n] + 0.3 * (from_a.channel(c)[n] - in.channel(c)[n]);
        }
    CHECK(residual_db(added, filtered(sum(a, b), in)) < -280.0);
    CHECK(residual_db(halved, filtered(scaled(a, 0.5), in)) < -280.0);
    CHECK(residual_db(blended, filtered(mixed(a, 0.3), in)) < -280.0);
    CHECK(mixed(a, 0).is_identity());
    CHECK_THROWS_AS(mixed(FirMatrix(2, 1), 0.5), BadSetting);
}

TEST_CASE("matrices: a filter on one part of the pair leaves the other part as it was", "[linear]") {
    const Fir fir = noise_fir(31, 4);
    const auto in = padded_noise(2), in_ms = mid_and_side(in);
    const auto filtered_in = filtered(same_on_all(fir, 2), in), filtered_ms = mid_and_side(filtered_in);
    const auto [channel, part, encoded] = GENERATE(table<Channel, int, bool>(
        {{Channel::left, 0, false}, {Channel::right, 1, false}, {Channel::mid, 0, true}, {Channel::side, 1, true}}));
    const auto out = filtered(on_channel(fir, channel, 2), in);
    const auto result = encoded ? mid_and_side(out) : mid_and_side(mid_and_side(out));
    const auto before = encoded ? in_ms : mid_and_side(in_ms),
               after = encoded ? filtered_ms : mid_and_side(filtered_ms);
    AudioBuffer<double> expected(2, in.frames());
    for (int c = 0; c < 2; ++c)
        copy_audio<double>((c == part ? after : before).view().only(c), expected.view().only(c));
    CHECK(residual_db(expected, result) < -280.0);
}

TEST_CASE("matrices: a stereo processor restricted to the left hears and changes the left alone", "[linear]") {
    const FirMatrix matrix = restricted(random_matrix(2, 2, 3), Channel::left);
    const auto in = padded_noise(2), out = filtered(matrix, in);
    for (Frames n = 0; n < in.frames(); ++n) REQUIRE(out.channel(1)[n] == in.channel(1)[n]);
    CHECK(rms_db(out.view().only(0)) > -60.0);
    CHECK(residual_db(filtered(on_channel(random_matrix(2, 2, 3).at(0, 0), Channel::left, 2), in), out) < -280.0);
    CHECK_THROWS_AS(restricted(identity_matrix(3), Channel::mid), BadSetting);
    CHECK_THROWS_AS(on_channel(unit_fir(), Channel::side, 1), BadSetting);
}

TEST_CASE("matrices: an identity is known, its times are read off the responses", "[linear]") {
    CHECK(identity_matrix(5).is_identity());
    CHECK(same_on_all(Fir{{0, 1, 0}, 1}, 2).is_identity());
    CHECK(!same_on_all(Fir{{0, 1, 0}, 0}, 2).is_identity());
    CHECK(!scaled(identity_matrix(2), 0.5).is_identity());
    CHECK(!FirMatrix(2, 2).is_identity());
    CHECK(!FirMatrix(2, 1).is_identity());
    FirMatrix crossed = identity_matrix(2);
    crossed.at(0, 1) = unit_fir(1e-9);
    CHECK(!crossed.is_identity());
    crossed.at(0, 1) = {{1, 2, 3, 4}, 1};
    CHECK(crossed.ahead() == 1);
    CHECK(crossed.behind() == 2);
}

TEST_CASE("wet and dry: together they are the response, and a lone tap at time zero is dry", "[linear]") {
    const auto [gain, expected] = GENERATE(table<double, double>({{1.0, 1.0}, {1.3, 1.0}, {-0.6, -0.5}, {0.05, 0.0}}));
    Fir fir = scaled(noise_fir(101, 1), 0.1);
    fir.taps[static_cast<std::size_t>(fir.origin)] = gain;
    const WetDry parts = separate(fir);
    CHECK(parts.gain == expected);
    Fir rest{{}, parts.rest.ahead()};
    for (Frames n = -parts.rest.ahead(); n <= parts.rest.behind(); ++n) rest.taps.push_back(parts.rest.at(n));
    const Fir whole = sum(rest, unit_fir(parts.gain));
    CHECK(whole.taps == fir.taps);
    CHECK(whole.origin == fir.origin);

    const WetDry lone = separate(Fir{{0, 0, gain, 0}, 2});
    CHECK(lone.gain == gain);
    CHECK(lone.rest.empty());
    CHECK(separate(Fir{{0, 0, 0}, 1}).rest.empty());
    CHECK(separate(Fir{{0, gain, 0, 0}, 2}).gain == 0);

    // Views are the same where their taps and times are, however many zeros stand around them.
    const Fir plain{{1, 2, 3}, 1}, padded{{0, 1, 2.5, 3, 0}, 2}, later{{1, 2, 3}, 0};
    CHECK(WetFir(plain) == WetFir(padded, 0.5));
    CHECK(!(WetFir(plain) == WetFir(padded)));
    CHECK(!(WetFir(plain) == WetFir(later)));
    CHECK(!(WetFir(plain) == WetFir()));
    const Fir silence{{0, 0}, 0};
    CHECK(WetFir(silence) == WetFir());
}
