// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/cancel.h"

namespace lathe {

/// How samples are stored: the integer depth, or float.
enum class SampleFormat { pcm8, pcm16, pcm24, pcm32, float32, float64, lossy };
bool is_integer(SampleFormat format);
int bits_of(SampleFormat format);  ///< 8, 16, 24, 32, 32, 64; 0 for lossy

struct AudioInfo {
    std::filesystem::path path;
    std::string container;  ///< "wav", "aiff", "flac", "mp3", "vorbis", "opus", "caf", "w64", …
    SampleFormat format{};
    int channels = 0;
    int sample_rate = 0;
    Frames frames = 0;
    bool is_coded = false;  ///< lossy or not: its samples are to be decoded
    double duration_s() const { return static_cast<double>(frames) / sample_rate; }
};

/// Reads any audio file that libsndfile knows. All errors are an InputError of one line that names the file: missing,
/// not audio, no channels or no frames, shorter than its header says, a NaN or infinite sample (with its place in
/// seconds, frame, channel).
class AudioReader {
public:
    explicit AudioReader(const std::filesystem::path& path);
    ~AudioReader();
    AudioReader(AudioReader&&) noexcept;

    const AudioInfo& info() const;
    void seek(Frames frame);
    Frames position() const;
    /// Fills out, [channels][n]; returns the frames read: fewer than asked only at the end. Full scale is 1. Checks for
    /// NaN and infinities.
    Frames read(AudioView<float> out);
    Frames read(AudioView<double> out);
    /// How many frames at the end of a lossy file were not to be had, and were read as silence: known once they are
    /// read.
    Frames silent_frames() const;
    /// The integers of an integer file, interleaved, in the high bits of 32 (as libsndfile's sf_readf_int). Returns
    /// frames.
    Frames read_integers(std::int32_t* interleaved, Frames frames);

private:
    class Body;
    std::unique_ptr<Body> body_;
};

enum class Container { wav, aiff, flac, mp3, vorbis, opus };

/// Text that goes into a file. Empty: not written.
struct Tags {
    std::string title, artist, album, album_artist, genre, date, comment, copyright, composer, isrc, upc, label,
        catalog;
    int track_number = 0, track_count = 0, disc = 0;
};

struct WriteFormat {
    Container container{};
    SampleFormat format{};  ///< pcm16, pcm24, pcm32 or float32; lossy for mp3, vorbis and opus
    int channels = 0;
    int sample_rate = 0;
    int kbps = 0;            ///< lossy only; 0: the container's default
    std::uint64_t seed = 0;  ///< what serial numbers inside the container follow from
};

/// Why the container cannot hold that, with the nearest that it can; nothing if it can. (FLAC takes 16 and 24 bits,
/// opus 48000 Hz, …)
std::optional<std::string> why_not(const WriteFormat& format);

/// Writes one file aside (beside its place, under a temporary name) and moves it into place on commit(); without a
/// commit nothing stays. WAV past 4 GiB becomes RF64. The bytes depend on the arguments alone: no date, no random
/// serial, no PEAK chunk. Disk errors are a SystemError that names the file.
class AudioWriter {
public:
    AudioWriter(const std::filesystem::path& path, const WriteFormat& format, const Tags& tags);
    ~AudioWriter();  ///< removes what was not committed
    AudioWriter(AudioWriter&&) noexcept;

    /// Integers in the high bits of 32, interleaved (integer formats; for lossy ones use write_floats).
    void write_integers(const std::int32_t* interleaved, Frames frames);
    /// Interleaved floats (float32 and the lossy formats).
    void write_floats(const float* interleaved, Frames frames);
    /// Ends the file and writes its tags; it can then be read at temporary_path().
    void finish();
    std::filesystem::path temporary_path() const;
    /// Moves the finished file into its place, replacing what was there, and flushes it to the disk.
    void commit();

private:
    class Body;
    std::unique_ptr<Body> body_;
};

Tags read_tags(const std::filesystem::path& path);

/// Lower-case hexadecimal SHA-256: of a whole file; of its PCM alone (frames interleaved, little-endian, at the file's
/// own depth; a lossy file: of its decoding as 32-bit float). Throw Cancelled soon after a request.
std::string sha256_of_file(const std::filesystem::path& path, const Cancel& cancel = Cancel());
std::string sha256_of_audio(const std::filesystem::path& path, const Cancel& cancel = Cancel());
/// The library that decodes, with its version: another one may decode lossy files otherwise.
std::string decoder_version();

/// A fast content address of a whole file, hexadecimal: XXH3, 128 bits, of those (in canonical form) of each 4 MiB,
/// which are read at once.
std::string content_hash_of_file(const std::filesystem::path& path);

}  // namespace lathe
