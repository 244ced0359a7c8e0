// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/render/desk.h"

#include <unistd.h>

#include "app/media/audio_file.h"
#include "tests/support/signals.h"

namespace lathe::test {

Desk::Desk() {
    std::string name = (std::filesystem::temp_directory_path() / "lathe-render-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
    write("a.wav", noise(0.1, desk_frames, 2, 1));
    write("b.wav", noise(0.1, desk_frames, 2, 2));
    write("c.wav", noise(0.1, desk_frames, 2, 3));
    write("mono.wav", noise(0.1, 2 * desk_rate, 1, 4));
}

Desk::~Desk() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void Desk::write(const std::string& name, const AudioBuffer<double>& audio, int rate) const {
    std::vector<float> interleaved;
    for (Frames n = 0; n < audio.frames(); ++n)
        for (int c = 0; c < audio.channels(); ++c) interleaved.push_back(static_cast<float>(audio.channel(c)[n]));
    AudioWriter writer(path_ / name, {Container::wav, SampleFormat::float32, audio.channels(), rate, 0, 0}, {});
    writer.write_floats(interleaved.data(), audio.frames());
    writer.finish();
    writer.commit();
}

std::string names_of(const Plan& plan) {
    std::string names;
    for (const StageSpec& stage : plan.stages) names += (names.empty() ? "" : ", ") + stage.name;
    return names;
}

}  // namespace lathe::test
