// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/media/audio_file.h"
#include "dsp/core/audio.h"

/// The lathe program run as a user runs it, and what tests put in front of it.
namespace lathe::test {

struct Ran {
    int code = -1;  ///< exit code; 128 + signal if a signal ended it
    std::string out, err;
    nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// Runs a command through the shell, with an empty cache unless it names one.
Ran run_shell(const std::string& command);
/// Runs `lathe ARGUMENTS…` so; `before`: what the shell
/// does first ("ulimit -f 100; ").
Ran run_lathe(const std::string& arguments, const std::string& before = "");

/// A folder of its own, removed with everything in it when the test ends.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    /// All files in it, relative, sorted.
    std::vector<std::string> files() const;

private:
    std::filesystem::path path_;
};

void write_text(const std::filesystem::path& path, const std::string& text);
std::string read_text(const std::filesystem::path& path);

/// Audio as a file of that container and format: quantised without dither.
void write_audio(const std::filesystem::path& path, const AudioBuffer<double>& audio, int rate,
                 Container container = Container::wav, SampleFormat format = SampleFormat::pcm24);
AudioBuffer<double> read_audio(const std::filesystem::path& path);

/// Something like music: pink noise that swells and falls, with beats, the same on every run.
AudioBuffer<double> music_like(int rate, double seconds, int channels = 2, unsigned seed = 1);

/// The [[chain]] of the product's reference chain, as the album file has it.
std::string reference_chain();

}  // namespace lathe::test
