// SPDX-License-Identifier: GPL-3.0-or-later
// dump_evidence FILE START SECONDS OUT: writes the evidence of an excerpt, as floats: sample rate, seconds, deviations,
// presence.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "app/media/audio_file.h"
#include "dsp/measure/resonance_evidence.h"
#include "dsp/threads/tbb_workers.h"

namespace {

void write(std::ofstream& out, std::span<const float> values) {
    out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
}

void dump(const char* path, double start, double seconds, const char* target) {
    lathe::AudioReader reader(path);
    const lathe::AudioInfo& info = reader.info();
    const lathe::Frames from = std::min<lathe::Frames>(info.frames, std::lround(start * info.sample_rate));
    const lathe::Frames length = std::min<lathe::Frames>(info.frames - from, std::lround(seconds * info.sample_rate));
    lathe::AudioBuffer<float> audio(info.channels, length);
    reader.seek(from);
    reader.read(audio.view());
    lathe::TbbWorkers workers;
    lathe::ResonanceEvidenceMeter meter(info.channels, info.sample_rate, length, workers);
    meter.push(std::as_const(audio).view());
    const lathe::ResonanceEvidence evidence = meter.finish();
    std::ofstream out(target, std::ios::binary);
    const float head[2] = {static_cast<float>(info.sample_rate), static_cast<float>(seconds)};
    write(out, head);
    write(out, evidence.deviation_db);
    write(out, evidence.presence);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc != 5) throw std::runtime_error("FILE START SECONDS OUT");
        dump(argv[1], std::atof(argv[2]), std::atof(argv[3]), argv[4]);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "dump_evidence: {}\n", error.what());
        return 2;
    }
}
