// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "app/media/audio_file.h"
#include "app/media/hashes.h"

namespace lathe {

/// Bytes of one sample as audio_sha256 takes it: 1, 2, 3, 4, 4, 8; a lossy file's decoding: 4.
int bytes_of_sample(SampleFormat format);

/// The top `bytes` bytes (1 to 4) of each integer, little-endian. out holds count · bytes.
void pack_integers(const std::int32_t* in, std::int64_t count, int bytes, unsigned char* out);

/// The integer of `bytes` bytes (2 or 4) at p, little-endian, in the high bits of 32.
template <int bytes>
std::int32_t integer_at(const unsigned char* p) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, p, bytes);
    return static_cast<std::int32_t>(bits << (32 - 8 * bytes));
}

/// The audio_sha256 of a file while it is being made: PCM alone, frames interleaved, little-endian, at the file's
/// depth. Equals sha256_of_audio of the file (integer and float formats; a lossy file must be decoded first).
class AudioHash {
public:
    explicit AudioHash(SampleFormat format) : format_(format) {}
    /// count samples (frames · channels), integers in the high bits of 32.
    void add(const std::int32_t* interleaved, std::int64_t count);
    void add(const float* interleaved, std::int64_t count);
    void add(const double* interleaved, std::int64_t count);
    std::string hex() { return sha_.hex(); }

private:
    SampleFormat format_;
    Sha256 sha_;
    std::vector<unsigned char> bytes_;
};

}  // namespace lathe
