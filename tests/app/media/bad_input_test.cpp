// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sndfile.h>
#include <sys/stat.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "app/media/audio_file.h"
#include "tests/app/media/media_files.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// What opening and reading the whole file says.
std::string reading(const std::filesystem::path& path) {
    return error_of([&] { read_audio<float>(path); });
}

std::string float_bytes(std::vector<float> samples) {
    std::string bytes(samples.size() * 4, '\0');
    std::memcpy(bytes.data(), samples.data(), bytes.size());
    return bytes;
}

constexpr float nan_sample = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

}  // namespace

TEST_CASE("a file that is not there, a folder, an empty file and a text are named as such", "[media]") {
    const ScratchFolder folder;
    CHECK(reading(folder / "a.wav") ==
          fmt::format("input: {}: no such file; check the path", (folder / "a.wav").string()));
    CHECK(reading(folder / "") == fmt::format("input: {}: a folder; name the file in it", (folder / "").string()));
    put_bytes(folder / "a.wav", "");
    CHECK(reading(folder / "a.wav") ==
          fmt::format("input: {}: empty (0 bytes); export it again", (folder / "a.wav").string()));
    put_bytes(folder / "a.wav", "These are words, not audio, whatever the name says.\n");
    CHECK(reading(folder / "a.wav") ==
          fmt::format("input: {}: cannot be read as audio: format not recognised; give WAV, AIFF, FLAC, CAF, W64, "
                      "MP3, Vorbis or Opus",
                      (folder / "a.wav").string()));
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK(reading(folder / "pipe") ==
          fmt::format("input: {}: not a plain file; save it as one first", (folder / "pipe").string()));
}

TEST_CASE("a WAV file with no frames, no channels or too many is refused", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a.wav";
    put_bytes(path, wav_bytes(2, 16, 1, ""));
    CHECK(reading(path) == fmt::format("input: {}: holds no audio (0 frames); export it again", path.string()));
    put_bytes(path, wav_bytes(0, 16, 1, "abcd"));
    CHECK(reading(path) == fmt::format("input: {}: cannot be read as audio: channel count is zero; give WAV, AIFF, "
                                       "FLAC, CAF, W64, MP3, Vorbis or Opus",
                                       path.string()));
    put_bytes(path, wav_bytes(17, 16, 1, std::string(340, '\1')));
    CHECK(reading(path) == fmt::format("input: {}: has 17 channels; at most 16 can be read, split it", path.string()));
}

TEST_CASE("a sample that is no number is reported with its place", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a.wav";
    std::vector<float> samples(2 * 30000, 0.1f);
    samples[2 * 24000 + 1] = nan_sample;
    put_bytes(path, wav_bytes(2, 32, 3, float_bytes(samples)));
    CHECK(reading(path) ==
          fmt::format(
              "input: {}: the sample at 0.500000 s (frame 24000, channel 2) is not a number (NaN); export it again",
              path.string()));
    CHECK(error_of([&] { read_audio<double>(path); }) == reading(path));
    samples[3] = -infinity;
    put_bytes(path, wav_bytes(2, 32, 3, float_bytes(samples)));
    CHECK(reading(path) ==
          fmt::format("input: {}: the sample at 0.000021 s (frame 1, channel 2) is infinite; export it again",
                      path.string()));
}

TEST_CASE("a file that was cut says how many frames it should have and has", "[media]") {
    const ScratchFolder folder;
    struct Cut {
        Kind kind;
        std::size_t frame_bytes;
    };
    const Cut cut = GENERATE(Cut{{Container::wav, SampleFormat::pcm16, ".wav"}, 4},
                             Cut{{Container::wav, SampleFormat::pcm24, ".wav"}, 6},
                             Cut{{Container::wav, SampleFormat::float32, ".wav"}, 8},
                             Cut{{Container::aiff, SampleFormat::pcm24, ".aiff"}, 6});
    const auto path = folder / (std::string("a") + cut.kind.extension);
    write_file(path, format_of(cut.kind), 10000);
    const std::string whole = bytes_of(path);
    put_bytes(path, whole.substr(0, whole.size() - 4000 * cut.frame_bytes));
    CHECK(reading(path) ==
          fmt::format("input: {}: cut short: the header says 10000 frames, the file holds 6000; export it again",
                      path.string()));
}

TEST_CASE("a cut CAF, W64 or RF64 file says so too", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a";
    SF_INFO info{};
    info.format = GENERATE(int{SF_FORMAT_CAF}, int{SF_FORMAT_W64}, int{SF_FORMAT_RF64}) | SF_FORMAT_PCM_16;
    info.channels = 2;
    info.samplerate = 48000;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    const std::vector<short> samples(20000, 5);
    sf_writef_short(file, samples.data(), 10000);
    sf_close(file);
    const std::string whole = bytes_of(path);
    put_bytes(path, whole.substr(0, whole.size() - 4 * 2500));
    // libsndfile 1.2.0 opens no cut CAF file, so its frame size is not known.
    const bool caf = (info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_CAF;
    const std::string said = fmt::format("input: {}: cut short: the header says ", path.string());
    CHECK(reading(path).substr(0, said.size()) == said);
    if (!caf) CHECK(reading(path) == said + "10000 frames, the file holds 7500; export it again");
}

TEST_CASE("a cut MP3 file is noticed by its header before it is decoded", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a.mp3";
    write_file(path, {Container::mp3, SampleFormat::lossy, 2, 48000}, 48000);
    const std::string whole = bytes_of(path);
    put_bytes(path, whole.substr(0, whole.size() - 960));
    CHECK(reading(path) ==
          fmt::format("input: {}: cut short: the header says {} bytes of audio, the file holds {}; export it again",
                      path.string(), whole.size(), whole.size() - 960));
}

TEST_CASE("a file that does not give its length is counted: cut Vorbis and Opus, MP3 without an Info header",
          "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(kinds_where([](SampleFormat f) { return f == SampleFormat::lossy; })));
    const auto path = folder / (std::string("a") + kind.extension);
    write_file(path, format_of(kind), 480000);
    const auto whole = read_audio<float>(path);
    std::string bytes = bytes_of(path);
    if (kind.container == Container::mp3)
        bytes = bytes.substr(960);  // 320 kbps at 48 kHz: the first frame, which is the header
    else
        bytes = bytes.substr(0, bytes.size() * 2 / 3);
    put_bytes(path, bytes);
    const auto held = read_audio<float>(path);
    CAPTURE(kind.extension, held.frames());
    if (kind.container == Container::mp3) {
        CHECK(held.frames() >= 480000);  // with the encoder's padding
        CHECK(held.frames() < 480000 + 3 * 1152);
    } else {
        CHECK(held.frames() > 200000);
        CHECK(held.frames() < 400000);
        CHECK(std::equal(held.channel(0), held.channel(0) + 200000, whole.channel(0)));
    }
}

TEST_CASE("an MP3 file of variable bit rate without a header is refused: its end would be lost", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a.mp3";
    const auto stream = [&](int kbps) {
        write_file(path, {Container::mp3, SampleFormat::lossy, 2, 48000, kbps, 0}, 240000);
        return bytes_of(path).substr(static_cast<std::size_t>(144 * kbps / 48));  // less the header
    };
    put_bytes(path, stream(320) + stream(64));
    CHECK(reading(path) ==
          fmt::format("input: {}: has a variable bit rate and no header that gives its length; convert it to "
                      "FLAC or WAV first",
                      path.string()));
}

TEST_CASE("a cut FLAC file is noticed when it is opened", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a.flac";
    write_file(path, {Container::flac, SampleFormat::pcm16, 2, 48000}, 48000);
    const std::string whole = bytes_of(path);
    put_bytes(path, whole.substr(0, whole.size() / 2));
    const std::string message = error_of([&] { AudioReader reader(path); });
    CHECK(message.rfind(
              fmt::format("input: {}: cut short: the header says 48000 frames, the file holds 2", path.string()), 0) ==
          0);
}

TEST_CASE("a damaged FLAC frame is reported with its place", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a.flac";
    write_file(path, {Container::flac, SampleFormat::pcm16, 2, 48000}, 96000);
    std::string bytes = bytes_of(path);
    for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 64; ++i) bytes[i] = static_cast<char>(~bytes[i]);
    put_bytes(path, bytes);
    const std::string message = reading(path);
    INFO(message);
    CHECK(message.find("a.flac: broken at ") != std::string::npos);
    CHECK(message.find("; export it again") != std::string::npos);
}

TEST_CASE("wherever a file is cut, it is refused in one line or read cleanly", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(every_kind()));
    const auto path = folder / (std::string("a") + kind.extension);
    Tags tags;
    tags.title = "Cut";
    write_file(path, format_of(kind), 6000, tags);
    const std::string whole = bytes_of(path);
    const auto audio = read_audio<float>(path);
    int refused = 0;
    for (std::size_t i = 0; i < 60; ++i) {
        const std::size_t kept = i < 20 ? i * 4 : i * whole.size() / 60;
        put_bytes(path, whole.substr(0, kept));
        CAPTURE(kind.extension, bits_of(kind.format), kept, whole.size());
        const std::string message = reading(path);
        refused += message != "none";
        CHECK(message.find('\n') == std::string::npos);
        if (message != "none") CHECK(message.find(path.string() + ": ") == 7);
        if (message == "none" && kind.format != SampleFormat::lossy) {
            const auto held = read_audio<float>(path);  // only what follows the audio was cut
            REQUIRE(held.frames() == 6000);
            CHECK(std::equal(audio.channel(0), audio.channel(0) + 6000, held.channel(0)));
        }
    }
    CHECK(refused >= (kind.format == SampleFormat::lossy ? 1 : 40));
}
