// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "dsp/core/random.h"
#include "dsp/linear/filter_bank.h"
#include "tests/dsp/linear/filter_references.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// White, −1 … 1, the same on every run; quicker than noise().
class White {
public:
    explicit White(unsigned seed) : random_(seed) {}
    double operator()() { return static_cast<std::int32_t>(random_.bits(next_++)) * 0x1p-31; }

private:
    CounterRandom random_;
    std::uint64_t next_ = 0;
};

/// A dense response that has fallen by 60 dB at its end, of unit power.
Fir room(double seconds, double rate, unsigned seed) {
    White white(seed);
    Fir fir{std::vector<double>(static_cast<std::size_t>(std::lround(seconds * rate))), 0};
    const double fall = std::pow(10, -3 / static_cast<double>(fir.taps.size()));
    double power = 0, level = 1;
    for (double& tap : fir.taps) {
        tap = level * white();
        power += tap * tap;
        level *= fall;
    }
    for (double& tap : fir.taps) tap /= std::sqrt(power);
    return fir;
}

/// taps[0] · x[0] + taps[1] · x[−1] + …, in eight sums.
double direct_sum(const double* taps, const float* x, Frames count) {
    double sums[8] = {};
    Frames n = 0;
    for (; n + 8 <= count; n += 8)
        for (int i = 0; i < 8; ++i) sums[i] += taps[n + i] * static_cast<double>(x[-(n + i)]);
    for (; n < count; ++n) sums[0] += taps[n] * static_cast<double>(x[-n]);
    double sum = 0;
    for (const double part : sums) sum += part;
    return sum;
}

/// The residual of a programme of that length, pushed in pieces of any size, against the direct sum at `count` frames,
/// the first, the last and those around a block's edge among them.
double residual_db(const FirMatrix& matrix, Frames frames, int count) {
    AudioBuffer<float> in(matrix.inputs(), frames);
    for (int c = 0; c < in.channels(); ++c) {
        White white(static_cast<unsigned>(100 + c));
        for (Frames n = 0; n < frames; ++n) in.channel(c)[n] = static_cast<float>(0.5 * white());
    }
    std::mt19937 random(1);
    std::set<Frames> places{0, frames - 1, 65535, 65536, 131071, 131072};
    while (std::ssize(places) < count)
        places.insert(static_cast<Frames>(random() % static_cast<std::uint64_t>(frames)));

    SerialWorkers workers;
    LinearStage<float> stage(matrix, workers);
    AudioQueue<float> out(matrix.outputs());
    double error = 0, power = 0;
    Frames done = 0;
    const auto look = [&] {  // and let go of what has been looked at
        const AudioView<const float> got = std::as_const(out).view();
        for (auto place = places.lower_bound(done); place != places.end() && *place < done + got.frames; ++place)
            for (int o = 0; o < matrix.outputs(); ++o) {
                double expected = 0;
                for (int i = 0; i < matrix.inputs(); ++i) {
                    const std::vector<double>& taps = matrix.at(o, i).taps;
                    expected += direct_sum(taps.data(), in.channel(i) + *place, std::min(std::ssize(taps), *place + 1));
                }
                const double difference = got.channel(o)[*place - done] - expected;
                error += difference * difference;
                power += expected * expected;
            }
        done += got.frames;
        out.drop(got.frames);
    };
    for (Frames n = 0; n < frames;) {
        const Frames piece =
            std::min<Frames>(1 + static_cast<Frames>(random() % (random() % 2 ? 100 : 200000)), frames - n);
        stage.push(std::as_const(in).view().slice(n, piece), out);
        n += piece;
        look();
    }
    stage.finish(out);
    look();
    CHECK(done == frames);
    return 10 * std::log10(error / power);
}

void check(const FirMatrix& matrix, double rate) {
    const Frames taps = matrix.behind() + 1;
    const double db = residual_db(matrix, taps + static_cast<Frames>(5 * rate), 200);
    CAPTURE(rate, taps, matrix.inputs(), matrix.outputs());
    CHECK(db <
          record("Convolution", "residual, float, 60 s at 44.1 to 192 kHz", "direct sum in double", -130, db, "dB"));
}

}  // namespace

TEST_CASE("convolution: a minute of true stereo at 44.1 kHz equals the direct sum, however the input is cut",
          "[long]") {
    FirMatrix matrix(2, 2);
    for (int o = 0; o < 2; ++o)
        for (int i = 0; i < 2; ++i) matrix.at(o, i) = room(60, 44100, static_cast<unsigned>(1 + 2 * o + i));
    check(matrix, 44100);
}

TEST_CASE("convolution: a minute from mono to stereo at 96 kHz equals the direct sum, however the input is cut",
          "[long]") {
    FirMatrix matrix(2, 1);
    matrix.at(0, 0) = room(60, 96000, 1);
    matrix.at(1, 0) = room(59, 96000, 2);
    check(matrix, 96000);
}

TEST_CASE("convolution: a minute at 192 kHz, 11.5 million taps, equals the direct sum, however the input is cut",
          "[long]") {
    check(same_on_all(room(60, 192000, 1), 1), 192000);
}
