// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/decibel.h"
#include "dsp/engine/build_stage.h"
#include "dsp/linear/crossover.h"
#include "dsp/linear/eq.h"
#include "dsp/linear/filter_bank.h"
#include "dsp/linear/reverb.h"
#include "dsp/linear/room.h"
#include "tests/dsp/engine/buffers.h"
#include "tests/support/accuracy.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr double rate = 44100;

StageSpec eq_stage() {
    EqSettings eq;
    eq.bands.resize(1);
    eq.bands[0].hz = 120;
    eq.bands[0].gain_db = 4;
    return {"eq", LinearSpec{std::make_shared<const FirMatrix>(design_eq(eq, rate, 2))}, Channel::stereo, 1};
}
StageSpec multiband_stage() {
    MultibandSettings settings;
    settings.crossovers_hz = {120, 1000, 6000};
    settings.bands.resize(4);
    for (BandSettings& band : settings.bands) band.threshold_db = -35;
    settings.bands[1].link = 0.5;
    settings.bands[2].detector = LevelDetector::rms;
    settings.bands[3].lookahead_ms = 3;
    std::vector<FirMatrix> bands;
    for (const Fir& fir : design_crossover(settings.crossovers_hz, 48, rate)) bands.push_back(same_on_all(fir, 2));
    return {"multiband", MultibandSpec{settings, bands, false}, Channel::stereo, 1};
}
StageSpec compressor_stage() {
    CompressorSettings settings;
    settings.threshold_db = -30;
    settings.sidechain_hp_hz = 80;
    return {"compressor", CompressorSpec{settings}, Channel::mid, 0.7};
}
StageSpec reverb_stage() {
    ReverbSettings settings;
    SerialWorkers alone;
    const ImpulseResponse plate = make_room(RoomPreset::plate, rate, alone);
    return {"reverb",
            LinearSpec{std::make_shared<const FirMatrix>(prepare_reverb(settings, plate, rate, 2, alone).matrix)},
            Channel::stereo, 1};
}
StageSpec clipper_stage() { return {"clipper", ClipperSpec{{}, -3}, Channel::stereo, 1}; }
StageSpec limiter_stage(LimiterStyle style) {
    LimiterSettings settings;
    settings.style = style;
    return {"limiter", LimiterSpec{settings, -1}, Channel::stereo, 1};
}
StageSpec gain_stage(double db) { return {"gain", GainSpec{{{0, db}, {300000, db + 1}}}, Channel::stereo, 1}; }
StageSpec fade_stage(Frames frames) {
    return {"fades", FadeSpec{{{Fade::Direction::out, FadeShape::cosine, 0, frames}}}, Channel::stereo, 1};
}

template <class Sample>
AudioBuffer<double> made_by(const Plan& plan, const AudioBuffer<double>& audio, Witness* witness = nullptr) {
    const AudioBuffer<Sample> given = as<Sample>(audio);
    BufferSource<Sample> source(given);
    QueueSink<Sample> sink(plan.channels_out);
    Progress progress;
    cpu_engine<Sample>()->run(plan, source, sink, progress, Cancel(), witness);
    AudioBuffer<double> out(plan.channels_out, sink.queue.frames());
    copy_audio(std::as_const(sink.queue).view(), out.view());
    return out;
}

/// Music enough: pink noise that swells and fades, so that dynamics move; more than once in each of the witness's
/// windows, so that every one of them hears loud and quiet.
AudioBuffer<double> programme() {
    AudioBuffer<double> audio = as<double>(as<float>(pink_noise(0.2, 30 * 44100, 2)));
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < audio.frames(); ++n)
            audio.channel(c)[n] *= static_cast<float>(1 + 0.8 * std::sin(static_cast<double>(n) / 400));
    return as<double>(as<float>(audio));
}

}  // namespace

TEST_CASE("null certificate: what a witness finds at its places is what the whole run in double differs by",
          "[engine]") {
    const AudioBuffer<double> audio = programme();
    const std::vector<std::vector<StageSpec>> chains{
        {eq_stage()},
        {multiband_stage()},
        {compressor_stage()},
        {reverb_stage()},
        {gain_stage(5), clipper_stage()},
        {gain_stage(3)},
        {fade_stage(audio.frames())},
        {gain_stage(9), limiter_stage(LimiterStyle::clean)},
        {gain_stage(9), limiter_stage(LimiterStyle::punchy)},
        {gain_stage(9), limiter_stage(LimiterStyle::dense)},
        {eq_stage(), multiband_stage(), reverb_stage(), gain_stage(6), limiter_stage(LimiterStyle::clean)}};
    for (const auto& stages : chains) {
        const Plan plan{rate, 2, 2, stages};
        CAPTURE(stages.front().name, stages.back().name, stages.size());
        Witness witness(audio.frames(), rate);
        const AudioBuffer<double> made = made_by<float>(plan, audio, &witness);
        const double whole = residual_dbfs(made, made_by<double>(plan, audio)), found = db_from_gain(witness.rms());
        CHECK(witness.samples() >= 8 * 2 * 2);
        // A twin takes over a state in float: what that state is off by it cannot see. Most in a lone compressor, whose
        // -162 dBFS it finds to be -165.
        CHECK_THAT(found, WithinAbs(whole, 4));
        const std::string what = "null certificate of " + (stages.size() > 2 ? "a whole chain" : stages.back().name);
        CHECK(found < record("Null certificate", what + ", pink noise at -14 dBFS", "each stage in double", -130, found,
                             "dBFS RMS"));
        CHECK(db_from_gain(witness.peak()) < -120);
    }
}

TEST_CASE("null certificate: a witness changes no bit", "[engine]") {
    const AudioBuffer<double> audio = programme();
    const Plan plan{
        rate,
        2,
        2,
        {eq_stage(), multiband_stage(), clipper_stage(), gain_stage(6), limiter_stage(LimiterStyle::clean)}};
    Witness witness(audio.frames(), rate);
    const AudioBuffer<double> watched = made_by<float>(plan, audio, &witness), alone = made_by<float>(plan, audio);
    for (int c = 0; c < 2; ++c)
        CHECK(std::equal(watched.channel(c), watched.channel(c) + audio.frames(), alone.channel(c)));
}

TEST_CASE("null certificate: finds a tap that is wrong by 0.0001, and says by how much", "[engine]") {
    const AudioBuffer<float> audio = as<float>(noise(0.25, 400000, 1));
    FirMatrix right = same_on_all({std::vector<double>(1000, 0.001), 500}, 1), wrong = right;
    wrong.at(0, 0).taps[300] += 1e-4;
    SerialWorkers workers;
    Witness witness(audio.frames(), rate);
    FilterBank<float> bank({&wrong, 1}, workers);
    bank.attend({{&right, 1}}, witness.add_stage("bank"));
    std::vector<AudioQueue<float>> out(1, AudioQueue<float>(1));
    bank.push(audio.view(), out);
    bank.finish(out);
    CHECK_THAT(db_from_gain(witness.rms()), WithinAbs(-80 + rms_db(as<double>(audio).view()), 1));
}

TEST_CASE("null certificate: eight places in a short programme, one a minute in a long one", "[engine]") {
    CHECK(Witness(44100, rate).places().size() == 8);
    CHECK(Witness(44100 * 60 * 45, rate).places().size() == 45);
    CHECK(Witness(1, rate).places() == std::vector<Frames>{0});
    CHECK(Witness(0, rate).places() == std::vector<Frames>{0});
}

TEST_CASE("null certificate: what a later stage turns up or down, it turns up or down with its errors", "[engine]") {
    const AudioBuffer<double> quiet = sine(1000, 0.1, rate, 4096), loud = sine(1000, 0.2, rate, 4096);
    Witness before(1000, rate), witness(1000, rate);
    StageWitness& eq = before.add_stage("eq");
    eq.part().add(1e-6);
    eq.hear<double>(quiet.view());
    witness.include(before);
    StageWitness& gain = witness.add_stage("gain");
    gain.part().add(1.5e-6);
    gain.hear<double>(loud.view());
    CHECK_THAT(witness.rms(), WithinAbs(2.5e-6, 1e-12));
    CHECK_THAT(witness.peak(), WithinAbs(3.5e-6, 1e-12));
}
