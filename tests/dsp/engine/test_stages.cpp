// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "dsp/engine/gain_stage.h"
#include "dsp/engine/part_stage.h"
#include "dsp/engine/splice_stage.h"
#include "dsp/engine/stage_row.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr double rate = 48000;

/// Multiplies by a constant and gives its frames out `late` frames after they came, as stages with lookahead do.
class LateGain final : public StreamStage<double> {
public:
    LateGain(double gain, Frames late, int channels) : gain_(gain), late_(late), kept_(channels) {}
    int channels_in() const override { return kept_.channels(); }
    int channels_out() const override { return kept_.channels(); }
    void push(AudioView<const double> in, AudioQueue<double>& out) override {
        kept_.append(in);
        give(kept_.frames() - late_, out);
    }
    void finish(AudioQueue<double>& out) override { give(kept_.frames(), out); }

private:
    void give(Frames n, AudioQueue<double>& out) {
        if (n <= 0) return;
        const AudioView<double> to = out.extend(n);
        for (int c = 0; c < to.channels; ++c)
            for (Frames i = 0; i < n; ++i) to.channel(c)[i] = gain_ * kept_.view().channel(c)[i];
        kept_.drop(n);
    }
    double gain_;
    Frames late_;
    AudioQueue<double> kept_;
};

bool same(const AudioBuffer<double>& a, const AudioBuffer<double>& b) {
    if (a.frames() != b.frames() || a.channels() != b.channels()) return false;
    for (int c = 0; c < a.channels(); ++c)
        if (!std::equal(a.channel(c), a.channel(c) + a.frames(), b.channel(c))) return false;
    return true;
}

}  // namespace

TEST_CASE("gain: each step holds to 10 ms before the next, and moves to it linearly in dB", "[engine]") {
    const Frames cut = GENERATE(0, 1, 479, 4096);
    const AudioBuffer<double> audio = noise(0.1, 20000, 2);
    GainStage<double> stage({{{0, -6}, {8000, 3}, {15000, 0}}}, rate, 2);
    const AudioBuffer<double> out = run_stage(stage, audio, cut);
    REQUIRE(out.frames() == audio.frames());
    double worst = 0;
    for (Frames n = 0; n < out.frames(); ++n) {
        const auto moved = [&](double join) { return std::clamp((n - (join - 480)) / 960.0, 0.0, 1.0); };
        const double db = -6 + 9 * moved(8000) - 3 * moved(15000);
        worst = std::max(worst, std::abs(out.channel(1)[n] - audio.channel(1)[n] * std::pow(10, db / 20)));
    }
    CHECK(worst < 1e-12);
    CHECK(out.channel(0)[19999] == audio.channel(0)[19999]);  // 0 dB passes bits
}

TEST_CASE("part: a late stage on one side works on that alone, and the other side passes bit for bit", "[engine]") {
    const Frames cut = GENERATE(0, 1, 100, 333);
    const Channel channel = GENERATE(Channel::left, Channel::right, Channel::mid, Channel::side);
    CAPTURE(cut, static_cast<int>(channel));
    const AudioBuffer<double> audio = noise(0.1, 1000, 2);
    PartStage<double> stage(std::make_unique<LateGain>(0.5, 37, 1), channel);
    const AudioBuffer<double> out = run_stage(stage, audio, cut);
    REQUIRE(out.frames() == audio.frames());
    double worst = 0;
    for (Frames n = 0; n < out.frames(); ++n) {
        const double l = audio.channel(0)[n], r = audio.channel(1)[n];
        // Halving mid takes (l + r) / 4 from both; halving side (l - r) / 4 from the left, and gives it to the right.
        const double left = channel == Channel::left    ? l / 2
                            : channel == Channel::right ? l
                            : channel == Channel::mid   ? l - (l + r) / 4
                                                        : l - (l - r) / 4;
        const double right = channel == Channel::right  ? r / 2
                             : channel == Channel::left ? r
                             : channel == Channel::mid  ? r - (l + r) / 4
                                                        : r + (l - r) / 4;
        worst = std::max({worst, std::abs(out.channel(0)[n] - left), std::abs(out.channel(1)[n] - right)});
    }
    CHECK(worst < 1e-15);
    if (channel == Channel::left) CHECK(std::equal(audio.channel(1), audio.channel(1) + 1000, out.channel(1)));
    if (channel == Channel::right) CHECK(std::equal(audio.channel(0), audio.channel(0) + 1000, out.channel(0)));
}

TEST_CASE("row: late stages one behind the other lose no frame, however the input is cut", "[engine]") {
    const Frames cut = GENERATE(0, 1, 50, 999);
    const AudioBuffer<double> audio = noise(0.1, 2000, 1);
    std::vector<std::unique_ptr<StreamStage<double>>> stages;
    stages.push_back(std::make_unique<LateGain>(2, 700, 1));
    stages.push_back(std::make_unique<LateGain>(4, 0, 1));
    stages.push_back(std::make_unique<LateGain>(0.125, 1999, 1));
    StageRow<double> row(std::move(stages), 1);
    CHECK(same(run_stage(row, audio, cut), audio));  // powers of two: exact
}

TEST_CASE("splice: outside the fades each stretch is its own plan's sample, in them a linear crossfade", "[engine]") {
    const Frames cut = GENERATE(0, 1777, 48000);
    const Frames late[] = {0, 500, 3000};
    const double gains[] = {1, 0.25, 2};
    const Frames joins[] = {0, 30001, 70000};
    const AudioBuffer<double> audio = noise(0.1, 100000, 2);
    int built = 0;
    const auto build = [&](std::size_t plan) {
        ++built;
        return std::make_unique<LateGain>(gains[plan], late[plan], 2);
    };
    SpliceStage<double> stage({{joins[0], 0}, {joins[1], 1}, {joins[2], 2}}, build, rate, 2, 2);
    const AudioBuffer<double> out = run_stage(stage, audio, cut);
    REQUIRE(out.frames() == audio.frames());
    CHECK(built == 3);
    double worst_in_fades = 0;
    Frames wrong_outside = 0;
    for (Frames n = 0; n < out.frames(); ++n) {
        const double x = audio.channel(1)[n], y = out.channel(1)[n];
        double gain = gains[0];
        bool fading = false;
        for (int j = 1; j < 3; ++j) {
            const double share = (static_cast<double>(n - joins[j]) + 480.5) / 960;
            gain += std::clamp(share, 0.0, 1.0) * (gains[j] - gains[j - 1]);
            fading |= share > 0 && share < 1;
        }
        if (fading)
            worst_in_fades = std::max(worst_in_fades, std::abs(y - gain * x));
        else
            wrong_outside += y != gain * x;
    }
    CHECK(wrong_outside == 0);
    CHECK(worst_in_fades < 1e-14);
}

TEST_CASE("splice: each stretch's gains are told over that stretch, wherever its stages began to hear", "[engine]") {
    constexpr double slow_rate = 1000;  // ten frames an entry
    const Frames joins[] = {0, 30000, 60000};
    const auto build = [](std::size_t) { return std::make_unique<LateGain>(1, 0, 1); };
    // Entry k of plan p is 10000 p + k; the second has a stage more, the third a band more.
    const auto gains = [](std::size_t plan, const StreamStage<double>&) {
        std::vector<float> entries(8000);
        for (std::size_t k = 0; k < entries.size(); ++k) entries[k] = static_cast<float>(10000 * plan + k);
        std::vector<StageGains> did{{"multiband", {{entries}}}};
        if (plan == 1) did.push_back({"compressor", {{entries}}});
        if (plan == 2) did.front().history.bands.push_back(entries);
        return did;
    };
    SpliceStage<double> stage({{joins[0], 0}, {joins[1], 1}, {joins[2], 2}}, build, slow_rate, 1, 1, gains);
    run_stage(stage, noise(0.1, 70000, 1), 999);
    // A stretch begins to hear 15 s and half a ramp before its join.
    const std::size_t began[] = {0, 3000 - 1500 - 1, 6000 - 1500 - 1};
    REQUIRE(stage.gains().size() == 2);
    const auto& bands = stage.gains().front().history.bands;
    REQUIRE(bands.size() == 2);
    std::size_t wrong = 0;
    for (std::size_t e = 0; e < 7000; ++e) {
        const std::size_t plan = e / 3000;
        const float here = static_cast<float>(10000 * plan + e - began[plan]);
        wrong += bands[0].at(e) != here;
        wrong += bands[1].at(e) != (plan == 2 ? here : 0);
        if (plan < 2) wrong += stage.gains().back().history.bands.front().at(e) != (plan == 1 ? here : 0);
    }
    CHECK(wrong == 0);
}
