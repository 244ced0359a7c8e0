// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/media/media_files.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>

#include "dsp/core/error.h"

namespace lathe::test {
namespace {

std::string little(std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text.push_back(static_cast<char>(value >> (8 * i)));
    return text;
}

}  // namespace

ScratchFolder::ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "lathe-media-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
}

ScratchFolder::~ScratchFolder() { std::filesystem::remove_all(path_); }

std::vector<std::string> ScratchFolder::names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

const std::vector<Kind>& every_kind() {
    using enum Container;
    using enum SampleFormat;
    static const std::vector<Kind> kinds{{wav, pcm16, ".wav"},   {wav, pcm24, ".wav"},     {wav, pcm32, ".wav"},
                                         {wav, float32, ".wav"}, {aiff, pcm16, ".aiff"},   {aiff, pcm24, ".aiff"},
                                         {aiff, pcm32, ".aiff"}, {aiff, float32, ".aiff"}, {flac, pcm16, ".flac"},
                                         {flac, pcm24, ".flac"}, {mp3, lossy, ".mp3"},     {vorbis, lossy, ".ogg"},
                                         {opus, lossy, ".opus"}};
    return kinds;
}

std::vector<Kind> kinds_where(const std::function<bool(SampleFormat)>& wanted) {
    std::vector<Kind> kinds;
    std::copy_if(every_kind().begin(), every_kind().end(), std::back_inserter(kinds),
                 [&](const Kind& k) { return wanted(k.format); });
    return kinds;
}

WriteFormat format_of(const Kind& kind, int channels) { return {kind.container, kind.format, channels, 48000, 0, 7}; }

void write_file(const std::filesystem::path& path, const WriteFormat& format, Frames frames, const Tags& tags) {
    AudioWriter writer(path, format, tags);
    if (is_integer(format.format))
        writer.write_integers(integer_noise(format.format, frames * format.channels).data(), frames);
    else if (format.format == SampleFormat::float32)
        writer.write_floats(float_noise(frames * format.channels).data(), frames);
    else
        writer.write_floats(tone(format.channels, frames).data(), frames);
    writer.commit();
}

std::vector<std::int32_t> integer_noise(SampleFormat format, Frames samples) {
    std::mt19937 random(1);
    std::vector<std::int32_t> noise(static_cast<std::size_t>(samples));
    const std::uint32_t kept = ~0u << (32 - bits_of(format));
    for (std::int32_t& x : noise) x = static_cast<std::int32_t>(random() & kept);
    if (samples > 1) noise[0] = std::numeric_limits<std::int32_t>::min();
    if (samples > 1) noise[1] = static_cast<std::int32_t>(0x7FFFFFFFu & kept);
    return noise;
}

std::vector<float> float_noise(Frames samples) {
    std::mt19937 random(2);
    std::normal_distribution<float> normal;
    std::vector<float> noise(static_cast<std::size_t>(samples));
    for (float& x : noise) x = normal(random);
    const float odd[] = {-0.0f, std::numeric_limits<float>::denorm_min(), 1.5f, -2.0f, 1e30f};
    std::copy_n(odd, std::min<std::size_t>(std::size(odd), noise.size()), noise.begin());
    return noise;
}

std::vector<float> tone(int channels, Frames frames) {
    std::vector<float> out;
    for (Frames n = 0; n < frames; ++n)
        out.insert(out.end(), static_cast<std::size_t>(channels),
                   static_cast<float>(0.25 * std::sin(2 * M_PI * static_cast<double>(n) / 48)));
    return out;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string wav_bytes(int channels, int bits, int tag, const std::string& audio) {
    const auto u = [](std::size_t value) { return static_cast<std::uint32_t>(value); };
    const std::uint32_t frame = static_cast<std::uint32_t>(channels * bits / 8);
    const std::string body = "WAVEfmt " + little(16, 4) + little(static_cast<std::uint32_t>(tag), 2) +
                             little(static_cast<std::uint32_t>(channels), 2) + little(48000, 4) +
                             little(48000 * frame, 4) + little(frame, 2) + little(static_cast<std::uint32_t>(bits), 2) +
                             "data" + little(u(audio.size()), 4) + audio;
    return "RIFF" + little(u(body.size()), 4) + body;
}

std::vector<std::int32_t> read_integers(const std::filesystem::path& path) {
    AudioReader reader(path);
    std::vector<std::int32_t> out(static_cast<std::size_t>(reader.info().frames * reader.info().channels));
    reader.read_integers(out.data(), reader.info().frames);
    return out;
}

std::string error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const InputError& e) {
        return std::string("input: ") + e.what();
    } catch (const SystemError& e) {
        return std::string("system: ") + e.what();
    }
    return "none";
}

}  // namespace lathe::test
