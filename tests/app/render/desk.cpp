// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/render/desk.h"

#include <unistd.h>

#include "app/media/audio_file.h"
#include "tests/support/signals.h"

namespace lathe::test {
namespace {

void write_noise(const std::filesystem::path& path, Frames frames, int channels, unsigned seed) {
    const AudioBuffer<double> audio = noise(0.1, frames, channels, seed);
    std::vector<float> interleaved;
    for (Frames n = 0; n < frames; ++n)
        for (int c = 0; c < channels; ++c) interleaved.push_back(static_cast<float>(audio.channel(c)[n]));
    AudioWriter writer(path, {Container::wav, SampleFormat::float32, channels, desk_rate, 0, 0}, {});
    writer.write_floats(interleaved.data(), frames);
    writer.finish();
    writer.commit();
}

}  // namespace

Desk::Desk() {
    std::string name = (std::filesystem::temp_directory_path() / "lathe-render-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
    write_noise(path_ / "a.wav", desk_frames, 2, 1);
    write_noise(path_ / "b.wav", desk_frames, 2, 2);
    write_noise(path_ / "c.wav", desk_frames, 2, 3);
    write_noise(path_ / "mono.wav", 2 * desk_rate, 1, 4);
}

Desk::~Desk() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string names_of(const Plan& plan) {
    std::string names;
    for (const StageSpec& stage : plan.stages) names += (names.empty() ? "" : ", ") + stage.name;
    return names;
}

}  // namespace lathe::test
