// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/media/audio_file.h"

/// Files that the media tests make and look into.
namespace lathe::test {

/// A folder of its own, removed with all it holds.
class ScratchFolder {
public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    /// The names in it, sorted.
    std::vector<std::string> names() const;

private:
    std::filesystem::path path_;
};

/// A container with a format that it takes, and the ending of such files.
struct Kind {
    Container container;
    SampleFormat format;
    const char* extension;
};
const std::vector<Kind>& every_kind();
std::vector<Kind> kinds_where(const std::function<bool(SampleFormat)>& wanted);

/// 48 kHz.
WriteFormat format_of(const Kind& kind, int channels = 2);
/// Writes and commits a file: integers or floats that fill the range, a tone where the format is lossy.
void write_file(const std::filesystem::path& path, const WriteFormat& format, Frames frames, const Tags& tags = {});

/// Noise over the whole range of the format, both ends included, in the high bits of 32.
std::vector<std::int32_t> integer_noise(SampleFormat format, Frames samples);
/// Floats that are easy to lose: above full scale, denormal, negative zero.
std::vector<float> float_noise(Frames samples);
/// 1 kHz at a quarter of full scale on every channel, interleaved, 48 kHz.
std::vector<float> tone(int channels, Frames frames);

std::string bytes_of(const std::filesystem::path& path);
void put_bytes(const std::filesystem::path& path, const std::string& bytes);
/// A plain RIFF file; tag 1: integers, 3: floats.
std::string wav_bytes(int channels, int bits, int tag, const std::string& audio);

std::vector<std::int32_t> read_integers(const std::filesystem::path& path);
template <class Sample>
AudioBuffer<Sample> read_audio(const std::filesystem::path& path) {
    AudioReader reader(path);
    AudioBuffer<Sample> audio(reader.info().channels, reader.info().frames);
    reader.read(audio.view());
    return audio;
}

/// The error that comes, "input: …" or "system: …"; "none" if there is none.
std::string error_of(const std::function<void()>& call);

}  // namespace lathe::test
