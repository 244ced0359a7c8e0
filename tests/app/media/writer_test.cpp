// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "app/media/atomic_file.h"
#include "app/media/audio_file.h"
#include "tests/app/media/media_files.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

Tags some_tags() {
    Tags tags;
    tags.title = "Title";
    tags.isrc = "USABC2400017";
    return tags;
}

std::uint32_t serial_of(const std::string& ogg, std::size_t page = 0) {
    return static_cast<unsigned char>(ogg[page + 14]) |
           static_cast<std::uint32_t>(static_cast<unsigned char>(ogg[page + 15])) << 8;
}

/// Files may not grow past that many bytes while it lives: a disk that is full, as a program sees it.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit limit{bytes, old_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, old_handler_);
    }
    FullDisk(const FullDisk&) = delete;

private:
    rlimit old_{};
    void (*old_handler_)(int);
};

}  // namespace

TEST_CASE("two writes make the same bytes, however the audio is cut into calls", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(every_kind()));
    CAPTURE(kind.extension, bits_of(kind.format));
    const WriteFormat format = format_of(kind);
    constexpr Frames frames = 30011;
    write_file(folder / "a", format, frames, some_tags());
    {
        AudioWriter writer(folder / "b", format, some_tags());
        for (Frames at = 0, step = 1; at < frames; at += step, step = std::min<Frames>(7 * step + 3, frames - at)) {
            if (is_integer(kind.format))
                writer.write_integers(integer_noise(kind.format, 2 * frames).data() + 2 * at, step);
            else
                writer.write_floats(
                    (kind.format == SampleFormat::lossy ? tone(2, frames) : float_noise(2 * frames)).data() + 2 * at,
                    step);
        }
        writer.finish();
        CHECK(AudioReader(writer.temporary_path()).info().frames == frames);
        writer.commit();
    }
    CHECK((bytes_of(folder / "a") == bytes_of(folder / "b")));
    CHECK(folder.names() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("another seed changes the Ogg serial on every page, and nothing that is heard", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(Kind{Container::vorbis, SampleFormat::lossy, ".ogg"},
                               Kind{Container::opus, SampleFormat::lossy, ".opus"});
    WriteFormat format = format_of(kind);
    write_file(folder / "a", format, 96000, some_tags());
    format.seed += 1;
    write_file(folder / "b", format, 96000, some_tags());
    const std::string a = bytes_of(folder / "a"), b = bytes_of(folder / "b");
    CHECK(serial_of(a) != serial_of(b));
    int pages = 0;
    for (std::size_t at = a.find("OggS"); at != std::string::npos; at = a.find("OggS", at + 4), ++pages)
        CHECK(serial_of(a, at) == serial_of(a));
    CHECK(pages > 3);
    CHECK(sha256_of_audio(folder / "a") == sha256_of_audio(folder / "b"));
}

TEST_CASE("nothing stays of a file that was not committed, and the old one stays whole", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(every_kind()));
    const auto path = folder / "a";
    put_bytes(path, "before");
    {
        AudioWriter writer(path, format_of(kind), {});
        CHECK(writer.temporary_path().parent_path() == path.parent_path());
        CHECK(writer.temporary_path().filename().string()[0] == '.');
        CHECK(folder.names().size() == 2);
    }
    {
        AudioWriter writer(path, format_of(kind), {});
        writer.finish();
    }
    CHECK(folder.names() == std::vector<std::string>{"a"});
    CHECK(bytes_of(path) == "before");
    write_file(path, format_of(kind), 1000);
    CHECK(folder.names() == std::vector<std::string>{"a"});
    CHECK(AudioReader(path).info().frames == 1000);
}

TEST_CASE("a full disk is the system's error with the file's name, in every container, and leaves nothing", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(every_kind()));
    const rlim_t room = GENERATE(0, 2000, 6000);
    CAPTURE(kind.extension, room);
    std::string message;
    {
        const FullDisk disk(room);
        message = error_of([&] { write_file(folder / "a", format_of(kind), 48000, some_tags()); });
    }
    CHECK(message == fmt::format("system: {}: cannot be written: File too large", (folder / "a").string()));
    CHECK(folder.names().empty());
}

TEST_CASE("a disk one byte too small is noticed, whatever comes last: audio, tags or serials", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(every_kind()));
    CAPTURE(kind.extension);
    write_file(folder / "whole", format_of(kind), 4800, some_tags());
    const auto room = static_cast<rlim_t>(std::filesystem::file_size(folder / "whole")) - 1;
    std::string message;
    {
        const FullDisk disk(room);
        message = error_of([&] { write_file(folder / "a", format_of(kind), 4800, some_tags()); });
    }
    CHECK(message == fmt::format("system: {}: cannot be written: File too large", (folder / "a").string()));
    CHECK(folder.names() == std::vector<std::string>{"whole"});
}

TEST_CASE("a folder that is not there is the system's error", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "none/a.wav";
    CHECK(error_of([&] {
              AudioWriter(path, {Container::wav, SampleFormat::pcm16, 2, 48000}, {});
          }) == fmt::format("system: {}: cannot be written: No such file or directory", path.string()));
}

TEST_CASE("a short WAV file is plain RIFF with a 16-byte format chunk, extensible only past two channels", "[media]") {
    const ScratchFolder folder;
    write_file(folder / "a.wav", {Container::wav, SampleFormat::pcm24, 2, 48000}, 1001, some_tags());
    const std::string bytes = bytes_of(folder / "a.wav");
    CHECK(bytes.substr(0, 4) == "RIFF");
    CHECK(bytes.substr(8, 8) == "WAVEJUNK");
    CHECK(bytes.substr(48, 12) == std::string("fmt \x10\0\0\0\x01\0\x02\0", 12));
    CHECK(bytes.size() % 2 == 0);
    std::uint32_t riff = 0;
    for (int i = 3; i >= 0; --i) riff = riff << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(4 + i)]);
    CHECK(riff == bytes.size() - 8);
    CHECK(AudioReader(folder / "a.wav").info().container == "wav");
    write_file(folder / "b.wav", {Container::wav, SampleFormat::pcm24, 6, 48000}, 10);
    CHECK(bytes_of(folder / "b.wav").substr(48, 10) == std::string("fmt \x28\0\0\0\xFE\xFF", 10));
}

TEST_CASE("float files have no PEAK chunk: it would hold the time of day", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(kinds_where([](SampleFormat f) { return f == SampleFormat::float32; })));
    write_file(folder / "a", format_of(kind), 1000);
    CHECK(bytes_of(folder / "a").find("PEAK") == std::string::npos);
}

TEST_CASE("the asked bit rate is what results", "[media]") {
    const ScratchFolder folder;
    const auto kbps_of = [&](Container container, int kbps, int channels) {
        WriteFormat format{container, SampleFormat::lossy, channels, 48000, kbps, 0};
        AudioWriter writer(folder / "a", format, {});
        auto noise = float_noise(480000 * channels);
        for (float& x : noise) x = std::clamp(x, -4.0f, 4.0f) / 8;
        writer.write_floats(noise.data(), 480000);
        writer.commit();
        return static_cast<double>(std::filesystem::file_size(folder / "a")) * 8 / 10 / 1000;
    };
    const int channels = GENERATE(1, 2);
    for (const int kbps : {128, 192, 320}) CHECK_THAT(kbps_of(Container::mp3, kbps, channels), WithinRel(kbps, 0.01));
    for (const int kbps : {64, 128, 192}) CHECK_THAT(kbps_of(Container::opus, kbps, channels), WithinRel(kbps, 0.05));
    for (const int kbps : {96, 160, 240}) CHECK_THAT(kbps_of(Container::vorbis, kbps, channels), WithinRel(kbps, 0.25));
    CHECK(kbps_of(Container::mp3, 0, channels) == kbps_of(Container::mp3, 320, channels));
    CHECK(kbps_of(Container::opus, 0, channels) == kbps_of(Container::opus, 192, channels));
}

TEST_CASE("a pair that a container cannot hold is refused with the nearest that it can", "[media]") {
    using enum SampleFormat;
    const auto reason = [](Container c, SampleFormat f, int channels, int rate, int kbps = 0) {
        return why_not({c, f, channels, rate, kbps, 0}).value_or("fine");
    };
    CHECK(reason(Container::flac, pcm32, 2, 44100) == "flac takes 16 or 24 bits, not 32 bits; nearest: 24");
    CHECK(reason(Container::flac, float32, 2, 44100) == "flac takes 16 or 24 bits, not float; nearest: 24");
    CHECK(reason(Container::flac, pcm8, 2, 44100) == "flac takes 16 or 24 bits, not 8 bits; nearest: 16");
    CHECK(reason(Container::flac, pcm16, 9, 44100) == "flac is written with 1 to 8 channels, not 9; nearest: wav");
    CHECK(reason(Container::wav, float64, 2, 44100) ==
          "wav takes 16, 24, 32 or float bits, not 64-bit float; nearest: float");
    CHECK(reason(Container::mp3, lossy, 2, 96000) ==
          "mp3 is delivered at 32000, 44100, 48000 Hz, not 96000; nearest: 48000");
    CHECK(reason(Container::mp3, lossy, 6, 44100) == "mp3 is written with 1 to 2 channels, not 6; nearest: wav");
    CHECK(reason(Container::mp3, pcm16, 2, 44100) == "mp3 has no bit depth; leave bits out");
    CHECK(reason(Container::mp3, lossy, 2, 44100, 300) ==
          "mp3 takes 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 kbps, not 300; nearest: 320");
    CHECK(reason(Container::opus, lossy, 2, 44100) == "opus is delivered at 48000 Hz, not 44100; nearest: 48000");
    CHECK(reason(Container::opus, lossy, 2, 48000, 600) ==
          "opus takes 12 to 510 kbps for 2 channels, not 600; nearest: 510");
    CHECK(reason(Container::wav, pcm24, 2, 44100, 320) == "wav has no bit rate; leave kbps out");
    CHECK(reason(Container::wav, pcm24, 16, 192000) == "fine");
    const ScratchFolder folder;
    CHECK(error_of([&] {
              AudioWriter(folder / "a.flac", {Container::flac, pcm32, 2, 44100}, {});
          }) ==
          fmt::format("input: {}: flac takes 16 or 24 bits, not 32 bits; nearest: 24", (folder / "a.flac").string()));
    CHECK(folder.names().empty());
}

TEST_CASE("a text file is replaced whole, and its temporary name fits beside the longest name", "[media]") {
    const ScratchFolder folder;
    write_text_file(folder / "a.toml", "one");
    write_text_file(folder / "a.toml", "two\n");
    CHECK(read_text_file(folder / "a.toml") == "two\n");
    write_text_file(folder / "empty", "");
    CHECK(read_text_file(folder / "empty").empty());
    const std::string longest(255, 'x');
    write_text_file(folder / longest, "long");
    CHECK(read_text_file(folder / longest) == "long");
    CHECK(folder.names() == std::vector<std::string>{"a.toml", "empty", longest});
    CHECK(temporary_beside("dir/a.wav") != temporary_beside("dir/b.wav"));
    CHECK(error_of([&] { read_text_file(folder / "none"); }) ==
          fmt::format("input: {}: no such file; check the path", (folder / "none").string()));
}
