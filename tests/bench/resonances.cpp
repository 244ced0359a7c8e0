// SPDX-License-Identifier: GPL-3.0-or-later
// Plants three bells in excerpts of music files and says how well they are found. Never passes or fails.
// bench_resonances SEED SECONDS EXCERPTS_A_FILE FILE…
#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "app/media/audio_file.h"
#include "dsp/core/error.h"
#include "dsp/measure/resonances.h"
#include "dsp/threads/tbb_workers.h"
#include "tests/support/resonance_score.h"

namespace lathe::test {
namespace {

std::vector<Resonance> hunt(AudioView<const float> audio, double rate) {
    TbbWorkers workers;
    ResonanceEvidenceMeter meter(audio.channels, rate, audio.frames, workers);
    meter.push(audio);
    return find_resonances(meter.finish(), static_cast<double>(audio.frames) / rate, 20, workers);
}

/// A stretch of the file from a random place, or all of it.
AudioBuffer<float> excerpt(AudioReader& reader, double seconds, std::mt19937& random) {
    const AudioInfo& info = reader.info();
    const Frames length = std::min<Frames>(info.frames, std::lround(seconds * info.sample_rate));
    reader.seek(static_cast<Frames>(random() / 4294967296.0 * static_cast<double>(info.frames - length)));
    AudioBuffer<float> audio(info.channels, length);
    reader.read(audio.view());
    return audio;
}

void print(const char* name, const ResonanceScore& score) {
    fmt::print(
        "{:<22} {:>4} bells  first 20 {:5.1f} %  first 5 {:5.1f} %  {:4.1f} cents  cut {:.2f} dB  Q {:.2f} oct  "
        "left {:.2f} dB ({:.0f} % within 1.5)  clean: {:.2f} sure, at most {}\n",
        name, score.bells(), 100 * score.share_in_first(20), 100 * score.share_in_first(5), score.median_cents(),
        score.median_cut_error_db(), score.median_q_error_octaves(), score.median_remainder_db(),
        100 * score.remainder_share_within(1.5), score.false_alarms(), score.most_false_alarms());
}

int run(int argc, char** argv) {
    if (argc < 5) {
        fmt::print(stderr, "bench_resonances SEED SECONDS EXCERPTS_A_FILE FILE...\n");
        return 2;
    }
    const auto seed = static_cast<unsigned>(std::atoi(argv[1]));
    const double seconds = std::atof(argv[2]);
    ResonanceScore all;
    for (int i = 4; i < argc; ++i) {
        std::mt19937 random(seed + static_cast<unsigned>(i));
        AudioReader reader(argv[i]);
        if (reader.info().duration_s() < 15) continue;
        for (int k = 0; k < std::atoi(argv[3]); ++k) {
            AudioBuffer<float> audio = excerpt(reader, seconds, random);
            const int rate = reader.info().sample_rate;
            all.clean(hunt(std::as_const(audio).view(), rate));
            const std::vector<PlantedBell> bells = random_bells(random);
            for (const PlantedBell& bell : bells) plant(bell, rate, audio.view());
            all.planted(hunt(std::as_const(audio).view(), rate), bells);
        }
    }
    print("planted bells", all);
    return 0;
}

}  // namespace
}  // namespace lathe::test

int main(int argc, char** argv) {
    try {
        return lathe::test::run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "bench_resonances: {}\n", error.what());
        return 2;
    }
}
