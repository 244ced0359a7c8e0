// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/program.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/signals.h"

namespace lathe::test {

std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write_text(const std::filesystem::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

Ran run_shell(const std::string& command) {
    const TemporaryFolder folder;
    const std::string out = (folder / "out").string(), err = (folder / "err").string();
    const std::string cache = "export XDG_CACHE_HOME=" + (folder / "cache").string() + "; ";
    const int status = std::system((cache + command + " >" + out + " 2>" + err + " </dev/null").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_text(out), read_text(err)};
}

Ran run_lathe(const std::string& arguments, const std::string& before) {
    return run_shell(before + LATHE_PROGRAM " " + arguments);
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "lathe-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
}
TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryFolder::files() const {
    std::vector<std::string> list;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_))
        if (entry.is_regular_file()) list.push_back(entry.path().lexically_relative(path_).string());
    std::sort(list.begin(), list.end());
    return list;
}

void write_audio(const std::filesystem::path& path, const AudioBuffer<double>& audio, int rate, Container container,
                 SampleFormat format) {
    std::filesystem::create_directories(path.parent_path());
    AudioWriter writer(path, {container, format, audio.channels(), rate, 0, 0}, {});
    const auto samples = static_cast<std::size_t>(audio.channels() * audio.frames());
    std::vector<std::int32_t> integers(samples);
    std::vector<float> floats(samples);
    const double scale = std::ldexp(1.0, bits_of(format) - 1);
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 0; n < audio.frames(); ++n) {
            const auto i = static_cast<std::size_t>(n * audio.channels() + c);
            floats[i] = static_cast<float>(audio.channel(c)[n]);
            const double steps = std::clamp(std::nearbyint(audio.channel(c)[n] * scale), -scale, scale - 1);
            integers[i] = static_cast<std::int32_t>(static_cast<std::int64_t>(steps) << (32 - bits_of(format)));
        }
    if (is_integer(format))
        writer.write_integers(integers.data(), audio.frames());
    else
        writer.write_floats(floats.data(), audio.frames());
    writer.finish();
    writer.commit();
}

AudioBuffer<double> read_audio(const std::filesystem::path& path) {
    AudioReader reader(path);
    AudioBuffer<double> audio(reader.info().channels, reader.info().frames);
    reader.read(audio.view());
    return audio;
}

AudioBuffer<double> music_like(int rate, double seconds, int channels, unsigned seed) {
    AudioBuffer<double> audio = pink_noise(0.12, static_cast<Frames>(seconds * rate), channels, seed);
    for (Frames n = 0; n < audio.frames(); ++n) {
        const double t = static_cast<double>(n) / rate, beat = std::fmod(t, 0.5);
        const double swell = 0.55 + 0.4 * std::sin(2 * M_PI * t / 7.3);
        const double kick =
            0.6 * std::exp(-beat / 0.08) * std::sin(2 * M_PI * (50 * beat + 6 * (1 - std::exp(-beat / 0.03))));
        for (int c = 0; c < channels; ++c)
            audio.channel(c)[n] = swell * audio.channel(c)[n] * (1 + 0.8 * std::exp(-beat / 0.05)) + 0.5 * kick;
    }
    // Music has next to nothing just below half the rate, where true-peak meters differ by design.
    for (int c = 0; c < channels; ++c)
        for (Frames n = audio.frames() - 1; n > 0; --n)
            audio.channel(c)[n] = (audio.channel(c)[n] + audio.channel(c)[n - 1]) / 2;
    return audio;
}

std::string reference_chain() {
    return R"([[chain]]
type = "eq"
bands = [ { type = "high_pass", hz = 24, slope_db_oct = 24 }, { type = "bell", hz = 240, gain_db = -1.5, q = 1.2 },
          { type = "bell", hz = 1000, gain_db = -1, q = 0.9 }, { type = "bell", hz = 3200, gain_db = 1, q = 1 },
          { type = "high_shelf", hz = 9000, gain_db = 1 } ]
[[chain]]
type = "multiband"
crossovers_hz = [120, 1000, 6000]
bands = [ { threshold_db = -26, ratio = 2.0, knee_db = 6, attack_ms = 30, release_ms = 200, makeup_db = 0 },
          { threshold_db = -26, ratio = 2.0 }, { threshold_db = -28, ratio = 1.8 }, { threshold_db = -30, ratio = 1.6 } ]
[[chain]]
type = "reverb"
preset = "hall"
wet_db = -28
[[chain]]
type = "stereo"
width = 1.1
[[chain]]
type = "limiter"
)";
}

}  // namespace lathe::test
