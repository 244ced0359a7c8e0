// SPDX-License-Identifier: GPL-3.0-or-later
#include <sndfile.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "app/media/audio_file.h"
#include "tests/app/media/media_files.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

constexpr Frames frames = 20011;  // more than a block, and prime

/// A file in a format that only libsndfile writes here.
void write_with_sndfile(const std::filesystem::path& path, int format, const std::vector<int>& samples) {
    SF_INFO info{};
    info.format = format;
    info.channels = 1;
    info.samplerate = 48000;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    REQUIRE(file != nullptr);
    CHECK(sf_writef_int(file, samples.data(), static_cast<sf_count_t>(samples.size())) ==
          static_cast<sf_count_t>(samples.size()));
    sf_close(file);
}

}  // namespace

TEST_CASE("integers come back bit for bit from every container and depth that holds them", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(kinds_where(is_integer)));
    const int channels = GENERATE(1, 2, 6);
    CAPTURE(kind.extension, bits_of(kind.format), channels);
    const auto path = folder / (std::string("töne ♫") + kind.extension);
    write_file(path, format_of(kind, channels), frames);

    const AudioInfo info = AudioReader(path).info();
    CHECK(info.container == std::string(kind.extension).substr(1));
    CHECK(info.format == kind.format);
    CHECK(info.channels == channels);
    CHECK(info.sample_rate == 48000);
    REQUIRE(info.frames == frames);
    const auto written = integer_noise(kind.format, frames * channels);
    CHECK(read_integers(path) == written);

    // As samples: the integer over 2^(b-1), rounded once; in double exactly.
    const auto floats = read_audio<float>(path);
    const auto doubles = read_audio<double>(path);
    Frames wrong = 0;
    for (Frames n = 0; n < frames; ++n)
        for (int c = 0; c < channels; ++c) {
            const std::int32_t x = written[static_cast<std::size_t>(n * channels + c)];
            const double exact =
                std::ldexp(static_cast<double>(x >> (32 - bits_of(kind.format))), 1 - bits_of(kind.format));
            wrong += doubles.channel(c)[n] != exact || floats.channel(c)[n] != static_cast<float>(exact);
        }
    CHECK(wrong == 0);
}

TEST_CASE("floats come back bit for bit, also above full scale", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(kinds_where([](SampleFormat f) { return f == SampleFormat::float32; })));
    const int channels = GENERATE(1, 2, 3);
    const auto path = folder / (std::string("a") + kind.extension);
    write_file(path, format_of(kind, channels), frames);
    const auto written = float_noise(frames * channels);
    const auto floats = read_audio<float>(path);
    const auto doubles = read_audio<double>(path);
    Frames wrong = 0;
    for (Frames n = 0; n < frames; ++n)
        for (int c = 0; c < channels; ++c) {
            const float x = written[static_cast<std::size_t>(n * channels + c)];
            wrong += std::bit_cast<std::uint32_t>(floats.channel(c)[n]) != std::bit_cast<std::uint32_t>(x);
            wrong += doubles.channel(c)[n] != static_cast<double>(x);
        }
    CHECK(wrong == 0);
}

TEST_CASE("lossy files keep their length and their tone", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(kinds_where([](SampleFormat f) { return f == SampleFormat::lossy; })));
    const int channels = GENERATE(1, 2);
    CAPTURE(kind.extension, channels);
    const auto path = folder / (std::string("a") + kind.extension);
    write_file(path, format_of(kind, channels), 48000);
    const auto audio = read_audio<float>(path);
    REQUIRE(audio.frames() == 48000);
    REQUIRE(audio.channels() == channels);
    const auto written = tone(1, 48000);
    for (int c = 0; c < channels; ++c) {
        double error = 0;
        for (Frames n = 4800; n < 43200; ++n)
            error += std::pow(audio.channel(c)[n] - written[static_cast<std::size_t>(n)], 2);
        CHECK(10 * std::log10(error / 38400) < -50);  // the tone lies at -15 dBFS RMS; a frame of delay would be -33
    }
}

TEST_CASE("8-bit WAV is unsigned: 0, 128 and 255 are -1, 0 and 127/128", "[media]") {
    const ScratchFolder folder;
    const auto path = folder / "a.wav";
    put_bytes(path, wav_bytes(1, 8, 1, std::string("\x00\x80\xff\x81", 4)));
    const auto audio = read_audio<double>(path);
    REQUIRE(audio.frames() == 4);
    CHECK(audio.channel(0)[0] == -1.0);
    CHECK(audio.channel(0)[1] == 0.0);
    CHECK(audio.channel(0)[2] == 127.0 / 128);
    CHECK(audio.channel(0)[3] == 1.0 / 128);
    CHECK(AudioReader(path).info().format == SampleFormat::pcm8);
}

TEST_CASE("64-bit floats are read exactly into double, rounded once into float", "[media]") {
    const ScratchFolder folder;
    const std::vector<double> written{0.1, -1.0 / 3, 1 + 0x1p-52, 0x1p-1000};
    std::string audio(written.size() * 8, '\0');
    std::memcpy(audio.data(), written.data(), audio.size());
    put_bytes(folder / "a.wav", wav_bytes(2, 64, 3, audio));
    const auto doubles = read_audio<double>(folder / "a.wav");
    const auto floats = read_audio<float>(folder / "a.wav");
    REQUIRE(doubles.frames() == 2);
    for (int i = 0; i < 4; ++i) {
        CHECK(doubles.channel(i % 2)[i / 2] == written[static_cast<std::size_t>(i)]);
        CHECK(floats.channel(i % 2)[i / 2] == static_cast<float>(written[static_cast<std::size_t>(i)]));
    }
}

TEST_CASE("CAF, W64, RF64 and AU are read like WAV", "[media]") {
    const ScratchFolder folder;
    const int container = GENERATE(int{SF_FORMAT_CAF}, int{SF_FORMAT_W64}, int{SF_FORMAT_RF64}, int{SF_FORMAT_AU});
    const std::vector<int> written{0, 0x40000000, -0x7FFFFFFF - 1, 0x100, -0x100};
    write_with_sndfile(folder / "a", container | SF_FORMAT_PCM_24, written);
    const auto audio = read_audio<double>(folder / "a");
    REQUIRE(audio.frames() == 5);
    for (int i = 0; i < 5; ++i) CHECK(audio.channel(0)[i] == std::ldexp(written[static_cast<std::size_t>(i)], -31));
    const char* names[] = {"caf", "w64", "rf64", "au"};
    const int containers[] = {SF_FORMAT_CAF, SF_FORMAT_W64, SF_FORMAT_RF64, SF_FORMAT_AU};
    for (int i = 0; i < 4; ++i)
        if (containers[i] == container) CHECK(AudioReader(folder / "a").info().container == names[i]);
}

TEST_CASE("a WAV file of either byte order is read alike", "[media]") {
    const ScratchFolder folder;
    const int order = GENERATE(int{SF_ENDIAN_LITTLE}, int{SF_ENDIAN_BIG});
    const int depth = GENERATE(int{SF_FORMAT_PCM_16}, int{SF_FORMAT_PCM_24}, int{SF_FORMAT_PCM_32});
    CAPTURE(order, depth);
    const std::vector<int> written{0, 0x40000000, -0x7FFFFFFF - 1, 0x12340000, -0x10000};
    write_with_sndfile(folder / "a.wav", SF_FORMAT_WAV | depth | order, written);
    CHECK(bytes_of(folder / "a.wav").starts_with(order == SF_ENDIAN_BIG ? "RIFX" : "RIFF"));
    const auto audio = read_audio<float>(folder / "a.wav");
    REQUIRE(audio.frames() == 5);
    for (int i = 0; i < 5; ++i) CHECK(audio.channel(0)[i] == std::ldexp(written[static_cast<std::size_t>(i)], -31));
}

TEST_CASE("integers and samples of one file can be read in turns", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(kinds_where(is_integer)));
    const auto path = folder / (std::string("a") + kind.extension);
    write_file(path, format_of(kind), 300);
    const auto written = integer_noise(kind.format, 600);
    AudioReader reader(path);
    AudioBuffer<double> samples(2, 100);
    std::vector<std::int32_t> integers(200);
    for (int turn = 0; turn < 3; ++turn) {
        if (turn == 1)
            reader.read_integers(integers.data(), 100);
        else
            reader.read(samples.view());
        for (std::size_t i = 0; i < 200; ++i) {
            const auto frame = static_cast<Frames>(i / 2);
            const double read =
                turn == 1 ? std::ldexp(integers[i], -31) : samples.channel(static_cast<int>(i % 2))[frame];
            CHECK(read == std::ldexp(written[static_cast<std::size_t>(200 * turn) + i], -31));
        }
    }
}

TEST_CASE("a seek lands on the frame, in every container of whole samples", "[media]") {
    const ScratchFolder folder;
    const Kind kind = GENERATE(from_range(kinds_where([](SampleFormat f) { return f != SampleFormat::lossy; })));
    const auto path = folder / (std::string("a") + kind.extension);
    write_file(path, format_of(kind), frames);
    const auto whole = read_audio<float>(path);
    AudioReader reader(path);
    AudioBuffer<float> piece(2, 100);
    for (const Frames at : {Frames(0), Frames(1), Frames(9999), frames - 50, Frames(17), frames}) {
        reader.seek(at);
        const Frames n = reader.read(piece.view());
        CHECK(n == std::min<Frames>(100, frames - at));
        CHECK(reader.position() == at + n);
        CHECK(std::equal(piece.channel(1), piece.channel(1) + n, whole.channel(1) + at));
    }
    CHECK(reader.read(piece.view()) == 0);
}
