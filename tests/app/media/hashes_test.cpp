// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/hashes.h"

#include <fmt/format.h>
#include <openssl/sha.h>
#include <xxhash.h>

#include "app/media/audio_file.h"
#include "app/media/pcm_bytes.h"
#include "tests/app/media/media_files.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// In one go, by OpenSSL's plain function.
std::string sha256(const std::string& bytes) {
    unsigned char digest[32];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
    std::string hex;
    for (const unsigned char d : digest) hex += fmt::format("{:02x}", d);
    return hex;
}

constexpr Frames frames = 70001;  // past a block of reading

}  // namespace

TEST_CASE("SHA-256 of a file is that of FIPS 180-4's example, and of a long one that of its bytes", "[media]") {
    const ScratchFolder folder;
    put_bytes(folder / "a", "abc");
    CHECK(sha256_of_file(folder / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::string text(3'000'001, 'q');
    put_bytes(folder / "b", text);
    CHECK(sha256_of_file(folder / "b") == sha256(text));
}

TEST_CASE("content hash is XXH3 of those of each 4 MiB", "[media]") {
    const ScratchFolder folder;
    std::string text(9'000'001, 'q');
    text[8'500'000] = 'r';
    put_bytes(folder / "b", text);
    std::string parts;
    for (std::size_t from = 0; from < text.size(); from += 4 << 20) {
        const std::string part = text.substr(from, 4 << 20);
        XXH128_canonical_t canonical;
        XXH128_canonicalFromHash(&canonical, XXH3_128bits(part.data(), part.size()));
        parts.append(reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest);
    }
    const XXH128_hash_t hash = XXH3_128bits(parts.data(), parts.size());
    CHECK(content_hash_of_file(folder / "b") == fmt::format("{:016x}{:016x}", hash.high64, hash.low64));
}

TEST_CASE(
    "the audio's hash is that of its little-endian samples, the same in WAV, AIFF and FLAC, and while it is written",
    "[media]") {
    const ScratchFolder folder;
    const SampleFormat format = GENERATE(SampleFormat::pcm16, SampleFormat::pcm24);
    const int bytes = bits_of(format) / 8;
    std::string packed;
    AudioHash running(format);
    const auto samples = integer_noise(format, 2 * frames);
    for (const std::int32_t x : samples)
        for (int b = 4 - bytes; b < 4; ++b)
            packed.push_back(static_cast<char>(static_cast<std::uint32_t>(x) >> (8 * b)));
    running.add(samples.data(), 1001);
    running.add(samples.data() + 1001, 2 * frames - 1001);
    const std::string expected = sha256(packed);
    CHECK(running.hex() == expected);
    for (const Container container : {Container::wav, Container::aiff, Container::flac}) {
        write_file(folder / "a", {container, format, 2, 48000}, frames);
        CHECK(sha256_of_audio(folder / "a") == expected);
    }
}

TEST_CASE("the hash of float audio is that of the floats as they lie in memory", "[media]") {
    const ScratchFolder folder;
    const auto samples = float_noise(2 * frames);
    const std::string expected = sha256({reinterpret_cast<const char*>(samples.data()), samples.size() * 4});
    write_file(folder / "a", {Container::wav, SampleFormat::float32, 2, 48000}, frames);
    CHECK(sha256_of_audio(folder / "a") == expected);
    AudioHash running(SampleFormat::float32);
    running.add(samples.data(), 2 * frames);
    CHECK(running.hex() == expected);
}

TEST_CASE("the hash of a lossy file is that of its decoding as 32-bit floats", "[media]") {
    const ScratchFolder folder;
    write_file(folder / "a", {Container::vorbis, SampleFormat::lossy, 2, 48000}, frames);
    const auto audio = read_audio<float>(folder / "a");
    std::vector<float> interleaved;
    for (Frames n = 0; n < frames; ++n)
        for (int c = 0; c < 2; ++c) interleaved.push_back(audio.channel(c)[n]);
    CHECK(sha256_of_audio(folder / "a") ==
          sha256({reinterpret_cast<const char*>(interleaved.data()), interleaved.size() * 4}));
}
