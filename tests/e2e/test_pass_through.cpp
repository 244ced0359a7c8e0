// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/program.h"
#include "tests/support/catch.h"
#include "tests/support/signals.h"

using namespace lathe;
using namespace lathe::test;

TEST_CASE("an empty chain passes files bit for bit: WAV, AIFF, FLAC, 16 to 32 bits and float", "[e2e]") {
    struct Case {
        const char* word;
        const char* extension;
        Container container;
        SampleFormat format;
        const char* bits;
    };
    const Case c = GENERATE(Case{"wav", ".wav", Container::wav, SampleFormat::pcm16, "16"},
                            Case{"wav", ".wav", Container::wav, SampleFormat::pcm24, "24"},
                            Case{"wav", ".wav", Container::wav, SampleFormat::pcm32, "32"},
                            Case{"wav", ".wav", Container::wav, SampleFormat::float32, "\"float\""},
                            Case{"aiff", ".aiff", Container::aiff, SampleFormat::pcm16, "16"},
                            Case{"aiff", ".aiff", Container::aiff, SampleFormat::pcm24, "24"},
                            Case{"aiff", ".aiff", Container::aiff, SampleFormat::pcm32, "32"},
                            Case{"aiff", ".aiff", Container::aiff, SampleFormat::float32, "\"float\""},
                            Case{"flac", ".flac", Container::flac, SampleFormat::pcm16, "16"},
                            Case{"flac", ".flac", Container::flac, SampleFormat::pcm24, "24"});
    CAPTURE(c.word, c.bits);
    const TemporaryFolder folder;
    AudioBuffer<double> audio = noise(0.4, 30011, 2, 5);  // with samples at and past full scale
    write_audio(folder / ("in" + std::string(c.extension)), audio, 44100, c.container, c.format);
    write_text(folder / "album.toml", "[[track]]\ntitle = \"x\"\nsource = \"in" + std::string(c.extension) +
                                          "\"\n[[deliver]]\nformat = \"" + c.word + "\"\nbits = " + c.bits +
                                          "\ndir = \"out\"\nfile = \"x\"\n");
    const Ran ran = run_lathe("render " + (folder / "album.toml").string());
    CAPTURE(ran.err);
    REQUIRE(ran.code == 0);
    CHECK(sha256_of_audio(folder / ("out/x" + std::string(c.extension))) ==
          sha256_of_audio(folder / ("in" + std::string(c.extension))));
}

TEST_CASE("16-bit audio delivered in 24 bits keeps every value, and a trim keeps what it leaves", "[e2e]") {
    const TemporaryFolder folder;
    const AudioBuffer<double> audio = noise(0.2, 20000, 2, 6);
    write_audio(folder / "in.wav", audio, 48000, Container::wav, SampleFormat::pcm16);
    write_text(folder / "album.toml",
               "[[track]]\nsource = \"in.wav\"\nstart = \"333s\"\nend = \"12345s\"\n[[deliver]]\nbits = 24\nfile = "
               "\"x\"\ndir = \"out\"\n");
    REQUIRE(run_lathe("render " + (folder / "album.toml").string()).code == 0);
    const AudioBuffer<double> in = read_audio(folder / "in.wav"), out = read_audio(folder / "out/x.wav");
    REQUIRE(out.frames() == 12345 - 333);
    bool same = true;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < out.frames(); ++n) same &= out.channel(c)[n] == in.channel(c)[n + 333];
    CHECK(same);
}
