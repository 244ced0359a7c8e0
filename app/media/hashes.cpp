// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/hashes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "app/media/audio_file.h"
#include "app/media/input_file.h"
#include "app/media/pcm_bytes.h"
#include "dsp/core/error.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

constexpr std::size_t read_block = 1 << 20;
constexpr Frames frames_at_once = 1 << 16;
constexpr std::int64_t content_part = 4 << 20;
constexpr std::int64_t hashed_at_once = 1 << 18;  // a divisor of the part that a core's cache holds

/// use(bytes, count) for the whole file in order.
template <class Use>
void for_each_block(const std::filesystem::path& path, Use use) {
    const InputFile file(path);
    std::vector<unsigned char> block(read_block);
    for (std::int64_t at = 0; const std::size_t n = file.read(at, block.data(), block.size());) {
        use(block.data(), n);
        at += static_cast<std::int64_t>(n);
    }
}

template <class Sample>
void add_floats(AudioReader& reader, AudioHash& hash, const Cancel& cancel) {
    const int channels = reader.info().channels;
    AudioBuffer<Sample> planar(channels, frames_at_once);
    std::vector<Sample> interleaved(static_cast<std::size_t>(frames_at_once * channels));
    while (const Frames n = reader.read(planar.view())) {
        cancel.check();
        for (int c = 0; c < channels; ++c) {
            const Sample* from = planar.channel(c);
            for (Frames i = 0; i < n; ++i) interleaved[static_cast<std::size_t>(i * channels + c)] = from[i];
        }
        hash.add(interleaved.data(), n * channels);
    }
}

void add_integers(AudioReader& reader, AudioHash& hash, const Cancel& cancel) {
    const int channels = reader.info().channels;
    std::vector<std::int32_t> interleaved(static_cast<std::size_t>(frames_at_once * channels));
    while (const Frames n = reader.read_integers(interleaved.data(), frames_at_once)) {
        cancel.check();
        hash.add(interleaved.data(), n * channels);
    }
}

}  // namespace

struct Sha256::Context {
    EVP_MD_CTX* evp = EVP_MD_CTX_new();
    Context() = default;
    ~Context() { EVP_MD_CTX_free(evp); }
    Context(const Context&) = delete;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
    if (EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr) != 1)
        throw SystemError("libcrypto offers no SHA-256; install a complete OpenSSL");
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;

void Sha256::add(const void* bytes, std::size_t count) { EVP_DigestUpdate(context_->evp, bytes, count); }

std::string Sha256::hex() {
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(context_->evp, digest.data(), nullptr);
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string sha256_of_file(const std::filesystem::path& path, const Cancel& cancel) {
    Sha256 sha;
    for_each_block(path, [&](const unsigned char* bytes, std::size_t n) {
        cancel.check();
        sha.add(bytes, n);
    });
    return sha.hex();
}

std::string sha256_of_audio(const std::filesystem::path& path, const Cancel& cancel) {
    AudioReader reader(path);
    AudioHash hash(reader.info().format);
    if (is_integer(reader.info().format))
        add_integers(reader, hash, cancel);
    else if (reader.info().format == SampleFormat::float64)
        add_floats<double>(reader, hash, cancel);
    else
        add_floats<float>(reader, hash, cancel);
    return hash.hex();
}

std::string content_hash_of_file(const std::filesystem::path& path) {
    const InputFile file(path);
    const auto parts = static_cast<std::size_t>((file.size() + content_part - 1) / content_part);
    std::vector<XXH128_canonical_t> hashes(parts);
    in_parallel(parts, [&](std::size_t part) {
        const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
        if (!state) throw std::bad_alloc();
        XXH3_128bits_reset(state.get());
        const auto bytes = std::make_unique_for_overwrite<unsigned char[]>(hashed_at_once);
        const std::int64_t from = static_cast<std::int64_t>(part) * content_part;
        for (std::int64_t at = from; at < from + content_part; at += hashed_at_once)
            XXH3_128bits_update(state.get(), bytes.get(), file.read(at, bytes.get(), hashed_at_once));
        XXH128_canonicalFromHash(&hashes[part], XXH3_128bits_digest(state.get()));
    });
    const XXH128_hash_t hash = XXH3_128bits(hashes.data(), hashes.size() * sizeof hashes[0]);
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace lathe
