// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>
#include <utility>

#include "dsp/core/error.h"
#include "dsp/linear/block_plan.h"
#include "dsp/linear/filter_bank.h"
#include "tests/dsp/linear/filter_references.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

template <class Sample>
std::vector<AudioBuffer<Sample>> through(const std::vector<FirMatrix>& matrices, const AudioBuffer<Sample>& in,
                                         Frames cut = 0, int threads = 0) {
    SerialWorkers serial;
    ThreadWorkers threaded(threads);
    FilterBank<Sample> bank(matrices, threads > 0 ? static_cast<Workers&>(threaded) : serial);
    std::vector<AudioQueue<Sample>> outs(matrices.size(), AudioQueue<Sample>(bank.outputs()));
    const Frames step = cut > 0 ? cut : std::max(in.frames(), Frames(1));
    for (Frames n = 0; n < in.frames(); n += step) bank.push(in.view().slice(n, std::min(step, in.frames() - n)), outs);
    bank.finish(outs);
    std::vector<AudioBuffer<Sample>> results;
    for (const AudioQueue<Sample>& out : outs) {
        results.emplace_back(out.channels(), out.frames());
        copy_audio<Sample>(out.view(), results.back().view());
    }
    return results;
}

template <class Sample>
AudioBuffer<Sample> through_one(const FirMatrix& matrix, const AudioBuffer<Sample>& in, Frames cut = 0,
                                int threads = 0) {
    return std::move(through<Sample>({matrix}, in, cut, threads)[0]);
}

template <class Sample>
bool same_bits(const AudioBuffer<Sample>& a, const AudioBuffer<Sample>& b) {
    if (a.channels() != b.channels() || a.frames() != b.frames()) return false;
    for (int c = 0; c < a.channels(); ++c)
        if (std::memcmp(a.channel(c), b.channel(c), static_cast<std::size_t>(a.frames()) * sizeof(Sample)) != 0)
            return false;
    return true;
}

FirMatrix dense(int outputs, int inputs, Frames taps) {
    FirMatrix matrix(outputs, inputs);
    for (int o = 0; o < outputs; ++o)
        for (int i = 0; i < inputs; ++i)
            matrix.at(o, i) = noise_fir(taps + 7 * i - 3 * o, static_cast<unsigned>(10 * o + i));
    return matrix;
}

template <class Sample>
constexpr double limit_db = sizeof(Sample) == 4 ? -130.0 : -250.0;

/// Residual over all frames where that is quick, else on some.
template <class Sample>
double residual(const FirMatrix& matrix, Frames frames, Frames sampled) {
    const auto in = as<Sample>(noise(0.2, frames, matrix.inputs()));
    const double db = residual_of_filter_db(matrix, in, through_one(matrix, in), sampled);
    UNSCOPED_INFO("residual " << db << " dB");
    record("Convolution", sizeof(Sample) == 4 ? "residual, float" : "residual, double", "direct sum in double",
           limit_db<Sample>, db, "dB");
    return db;
}

}  // namespace

TEMPLATE_TEST_CASE("filter bank: one response on both channels equals the direct sum", "[linear]", float, double) {
    const Frames taps = GENERATE(1, 2, 63, 4096, 70001);
    CHECK(residual<TestType>(same_on_all(noise_fir(taps, 3), 2), 3 * taps + 9000, 500) < limit_db<TestType>);
}

TEMPLATE_TEST_CASE("filter bank: mono, separate channels, true stereo and mid/side equal the direct sum", "[linear]",
                   float, double) {
    const Frames taps = GENERATE(63, 4096, 70001);
    FirMatrix separate(2, 2);
    separate.at(0, 0) = noise_fir(taps, 1);
    separate.at(1, 1) = noise_fir(taps / 2, 2);
    const Frames frames = 2 * taps + 9000;
    CHECK(residual<TestType>(same_on_all(noise_fir(taps, 5), 1), frames, 300) < limit_db<TestType>);
    CHECK(residual<TestType>(separate, frames, 300) < limit_db<TestType>);
    CHECK(residual<TestType>(dense(2, 2, taps), frames, 300) < limit_db<TestType>);
    CHECK(residual<TestType>(on_channel(noise_fir(taps, 6), Channel::mid, 2), frames, 300) < limit_db<TestType>);
    CHECK(residual<TestType>(on_channel(noise_fir(taps, 7), Channel::side, 2), frames, 300) < limit_db<TestType>);
}

TEMPLATE_TEST_CASE("filter bank: any channels in and out equal the direct sum", "[linear]", float, double) {
    const auto [outputs, inputs] = GENERATE(table<int, int>({{2, 1}, {1, 2}, {3, 3}, {5, 5}, {2, 5}, {16, 16}}));
    CHECK(residual<TestType>(dense(outputs, inputs, 700), 20000, 200) < limit_db<TestType>);
    CHECK(residual<TestType>(same_on_all(noise_fir(2000, 4), inputs), 20000, 200) < limit_db<TestType>);
}

TEMPLATE_TEST_CASE("filter bank: rooms of one and three seconds equal the direct sum", "[linear]", float, double) {
    const Frames taps = GENERATE(44100, 144000);
    FirMatrix room(2, 2);
    for (int o = 0; o < 2; ++o)
        for (int i = 0; i < 2; ++i) room.at(o, i) = sparse_fir(taps, static_cast<unsigned>(2 * o + i));
    CHECK(residual<TestType>(room, 200000, 100) < limit_db<TestType>);
}

TEST_CASE("filter bank: four million taps equal the direct sum", "[linear]") {
    CHECK(residual<float>(same_on_all(noise_fir(Frames(1) << 22, 1), 1), 1 << 20, 10) < -130.0);
}

TEMPLATE_TEST_CASE("filter bank: however the input is cut and whoever works, the bits are the same", "[linear]", float,
                   double) {
    const auto [taps, frames] = GENERATE(table<Frames, Frames>({{63, 70123}, {20001, 70123}, {300001, 270123}}));
    REQUIRE((taps < 100000 || choose_blocks(taps, 3).partitions > 1));
    const std::vector<FirMatrix> bank{dense(2, 2, taps), same_on_all(noise_fir(taps / 2, 9), 2),
                                      scaled(identity_matrix(2), 0.3)};
    const auto in = as<TestType>(noise(0.2, frames, 2));
    const auto expected = through(bank, in);
    for (const Frames cut : {1, 63, 64, 65, 4096})
        for (const int threads : {0, 1, 3}) {
            if (threads > 0 && cut < 4096) continue;
            const auto results = through(bank, in, cut, threads);
            for (std::size_t m = 0; m < bank.size(); ++m) CHECK(same_bits(results[m], expected[m]));
        }
    const auto results = through(bank, in, 0, 3);
    for (std::size_t m = 0; m < bank.size(); ++m) CHECK(same_bits(results[m], expected[m]));
}

TEMPLATE_TEST_CASE("filter bank: an identity changes no bit, beside other filters too", "[linear]", float, double) {
    const auto in = as<TestType>(noise(0.2, 30000, 3));
    CHECK(same_bits(through_one(identity_matrix(3), in), in));
    Fir padded{std::vector<double>(301), 150};
    padded.taps[150] = 1;
    CHECK(same_bits(through_one(same_on_all(padded, 3), in), in));
    CHECK(same_bits(through<TestType>({dense(3, 3, 500), identity_matrix(3)}, in)[1], in));
}

TEST_CASE("filter bank: a filter on the left leaves the right's bits alone", "[linear]") {
    const auto in = as<float>(noise(0.2, 30000, 2));
    const auto out = through_one(on_channel(noise_fir(2000, 1), Channel::left, 2), in);
    CHECK(std::memcmp(out.channel(1), in.channel(1), 30000 * sizeof(float)) == 0);
    CHECK(std::memcmp(out.channel(0), in.channel(0), 30000 * sizeof(float)) != 0);
}

TEST_CASE("filter bank: a gain multiplies each sample, rounded once", "[linear]") {
    const auto in = as<float>(noise(0.2, 5000, 2));
    const auto out = through_one(same_on_all(unit_fir(0.7071), 2), in);
    REQUIRE(out.frames() == in.frames());
    int wrong = 0;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < in.frames(); ++n)
            wrong += out.channel(c)[n] != static_cast<float>(0.7071 * in.channel(c)[n]);
    CHECK(wrong == 0);
}

TEST_CASE("filter bank: rounding scales with the correction, not with the programme", "[linear]") {
    Fir gentle = scaled(noise_fir(4001, 2), 0.01);  // 40 dB below the dry sample that is added
    gentle = sum(gentle, unit_fir());
    const auto in = as<double>(as<float>(noise(0.2, 20000, 2)));
    const auto out = as<double>(through_one(same_on_all(gentle, 2), as<float>(in)));
    const auto reference = through_one(same_on_all(gentle, 2), in);
    AudioBuffer<double> rounded_once = as<double>(as<float>(reference));
    const double least = residual_db(reference, rounded_once);  // what storing in float costs by itself
    UNSCOPED_INFO(residual_db(reference, out) << " dB, storing alone " << least << " dB");
    CHECK(residual_db(reference, out) < least + 0.5);
}

TEMPLATE_TEST_CASE("filter bank: bands that sum to the identity sum to the programme", "[linear]", float, double) {
    const Fir low = scaled(noise_fir(9001, 1), 0.5), mid = scaled(noise_fir(5001, 2), 0.5);
    const Fir high = sum(unit_fir(), sum(scaled(low, -1), scaled(mid, -1)));
    const auto in = as<TestType>(noise(0.2, 40000, 2));
    const auto bands = through<TestType>({same_on_all(low, 2), same_on_all(mid, 2), same_on_all(high, 2)}, in);
    AudioBuffer<double> total(2, in.frames());
    for (const auto& band : bands)
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < in.frames(); ++n) total.channel(c)[n] += band.channel(c)[n];
    const double db = residual_db(as<double>(in), total);
    UNSCOPED_INFO("residual " << db << " dB");
    CHECK(db < limit_db<TestType>);
}

TEMPLATE_TEST_CASE("filter bank: a programme shorter than the filter comes out whole, an empty one empty", "[linear]",
                   float, double) {
    const double limit =
        limit_db<TestType> + 5;  // most of what the block's rounding is relative to lies behind the end
    CHECK(residual<TestType>(dense(2, 2, 70001), 50, 50) < limit);
    CHECK(residual<TestType>(dense(2, 2, 70001), 2, 2) < limit);
    CHECK(through_one(dense(2, 2, 5000), AudioBuffer<TestType>(2, 0)).frames() == 0);
    CHECK(through_one(identity_matrix(2), AudioBuffer<TestType>(2, 0)).frames() == 0);
}

TEST_CASE("filter bank: silence stays exactly silent, and what follows it is right", "[linear]") {
    AudioBuffer<float> in(2, 250000);
    for (Frames n = 60000; n < 61000; ++n) in.channel(0)[n] = 0.25f;
    const FirMatrix matrix = dense(2, 2, 5000);
    const auto out = through_one(matrix, in);
    double before = 0;
    for (Frames n = 0; n < 40000; ++n) before += std::abs(out.channel(0)[n]) + std::abs(out.channel(1)[n]);
    CHECK(before == 0);
    double behind = 0;  // behind the longest block that the sound may be in, the places of its spectra in use again
    for (Frames n = 61000 + (1 << 17); n < in.frames(); ++n)
        behind += std::abs(out.channel(0)[n]) + std::abs(out.channel(1)[n]);
    CHECK(behind == 0);
    CHECK(residual_of_filter_db(matrix, in, out, 2501) < -130.0);
}

TEST_CASE("filter bank: a response that only looks ahead, and one far behind, keep their times", "[linear]") {
    const auto in = as<float>(noise(0.2, 30000, 1));
    FirMatrix early(1, 1), late(1, 1), both(2, 1);
    early.at(0, 0) = {{0.5, 0.25, 0, 0, 0}, 3000};
    late.at(0, 0) = {{0, 0, 0.5, 0.25}, -8000};
    CHECK(residual_of_filter_db(early, in, through_one(early, in), 1000) < -130.0);
    both.at(0, 0) = {{0.3, 0.5, -0.3, 0.4}, 0};
    both.at(1, 0) = {{0.3, 0.5, -0.3, 0.4}, 2};
    CHECK(residual_of_filter_db(late, in, through_one(late, in), 1000) < -130.0);
    CHECK(residual_of_filter_db(both, in, through_one(both, in), 1000) < -130.0);
}

TEST_CASE("filter bank: a bank that cannot be is refused with the reason", "[linear]") {
    SerialWorkers workers;
    CHECK_THROWS_AS(FilterBank<float>({}, workers), BadSetting);
    CHECK_THROWS_AS(FilterBank<float>(std::vector{identity_matrix(2), identity_matrix(1)}, workers), BadSetting);
    Fir endless{std::vector<double>((std::size_t(1) << 24) + 1), 0};
    endless.taps.front() = endless.taps.back() = 0.5;
    CHECK_THROWS_AS(FilterBank<float>(std::vector{same_on_all(endless, 1)}, workers), BadSetting);
}

TEST_CASE("filter cost: grows with the taps and with the filters", "[linear]") {
    CHECK(filter_cost(4096, 1) > 0);
    for (Frames taps = 2; taps < (1 << 20); taps *= 2) {
        CHECK(filter_cost(taps * 2, 1) >= filter_cost(taps, 1));
        CHECK(filter_cost(taps, 2) > filter_cost(taps, 1));
        CHECK(filter_cost(taps, 2) < 2 * filter_cost(taps, 1));
    }
}
