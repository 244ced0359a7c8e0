// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sndfile.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "app/media/audio_file.h"
#include "app/media/chunks.h"
#include "app/media/input_file.h"
#include "app/media/mpeg_length.h"
#include "app/media/pcm_bytes.h"
#include "app/media/sound_format.h"
#include "dsp/core/error.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/triples.h"

namespace lathe {
namespace {

constexpr int most_channels = 16;
constexpr Frames frames_at_once = 1 << 14;  // interleaved, on its way to planes; stays in L2

using SoundFile = std::unique_ptr<SNDFILE, int (*)(SNDFILE*)>;

SoundFile open_sound(const InputFile& file, SF_INFO& info) {
    ::lseek(file.descriptor(), 0, SEEK_SET);
    return {sf_open_fd(file.descriptor(), SFM_READ, &info, SF_FALSE), sf_close};
}

std::string cut_short(const std::filesystem::path& path, Frames promised, Frames held) {
    return fmt::format("{}: cut short: the header says {} frames, the file holds {}; export it again", path.string(),
                       promised, held);
}

/// Frames where bytes are frames, bytes where they are not.
std::string cut_short(const std::filesystem::path& path, const DataExtent& extent, const AudioInfo& info) {
    if (!extent.header_whole) return fmt::format("{}: cut short within its header; export it again", path.string());
    const std::int64_t frame_bytes = bits_of(info.format) / 8 * info.channels;
    if (frame_bytes > 0) return cut_short(path, extent.promised / frame_bytes, extent.held / frame_bytes);
    return fmt::format("{}: cut short: the header says {} bytes of audio, the file holds {}; export it again",
                       path.string(), extent.promised, extent.held);
}

/// The frames that can be decoded from the start on.
Frames decodable_frames(const InputFile& file) {
    SF_INFO info{};
    const SoundFile sound = open_sound(file, info);
    std::vector<int> block(static_cast<std::size_t>(frames_at_once * info.channels));
    Frames count = 0;
    while (const Frames n = sf_readf_int(sound.get(), block.data(), frames_at_once)) count += n;
    return count;
}

bool all_finite(const float* x, Frames n) {
    std::uint32_t wrong = 0;
    for (Frames i = 0; i < n; ++i) wrong |= (std::bit_cast<std::uint32_t>(x[i]) & 0x7F800000u) == 0x7F800000u;
    return wrong == 0;
}
bool all_finite(const double* x, Frames n) {
    constexpr std::uint64_t exponent = 0x7FF0000000000000u;
    std::uint64_t wrong = 0;
    for (Frames i = 0; i < n; ++i) wrong |= (std::bit_cast<std::uint64_t>(x[i]) & exponent) == exponent;
    return wrong == 0;
}

/// Integers in the high bits of 32, full scale to 1: one rounding.
template <class To>
To to_sample(std::int32_t x) {
    return static_cast<To>(x) * static_cast<To>(0x1p-31);
}
/// Floats are copied: arithmetic could flush the smallest.
template <class To, class From>
To to_sample(From x) {
    return static_cast<To>(x);
}

/// sample_at(i): the i-th of the interleaved samples.
template <class At, class To>
void deinterleave(At sample_at, int channels, Frames n, AudioView<To> out, Frames at) {
    for (int c = 0; c < channels; ++c) {
        To* plane = out.channel(c) + at;
        if (channels == 2)
            for (Frames i = 0; i < n; ++i) plane[i] = to_sample<To>(sample_at(2 * i + c));
        else
            for (Frames i = 0; i < n; ++i) plane[i] = to_sample<To>(sample_at(i * channels + c));
    }
}

template <int bytes, class To>
void deinterleave_bytes(const unsigned char* samples, int channels, Frames n, AudioView<To> out, Frames at) {
    deinterleave([=](Frames i) { return integer_at<bytes>(samples + i * bytes); }, channels, n, out, at);
}

/// Three bytes a sample, by way of a few integers.
template <class To>
void deinterleave_triples(const unsigned char* samples, int channels, Frames n, AudioView<To> out, Frames at) {
    constexpr Frames few = 256;
    std::int32_t integers[few * most_channels];
    for (Frames done = 0; done < n; done += few) {
        const Frames piece = std::min(few, n - done);
        const auto count = static_cast<std::size_t>(piece * channels);
        run_kernel<UnpackTriples>(samples + 3 * done * channels, &integers[0], count);
        deinterleave([&](Frames i) { return integers[i]; }, channels, piece, out, at + done);
    }
}

/// Bytes of a sample of a file whose samples lie in it as little-endian integers, one after another; else 0.
int bytes_as_they_lie(SNDFILE* sound, const AudioInfo& info) {
    const bool is_plain = info.container == "wav" || info.container == "rf64" || info.container == "w64";
    if (!is_plain || !is_integer(info.format) || info.format == SampleFormat::pcm8) return 0;
    return sf_command(sound, SFC_RAW_DATA_NEEDS_ENDSWAP, nullptr, 0) == SF_TRUE ? 0 : bytes_of_sample(info.format);
}

sf_count_t read_frames(SNDFILE* sound, std::int32_t* to, Frames n) { return sf_readf_int(sound, to, n); }
sf_count_t read_frames(SNDFILE* sound, float* to, Frames n) { return sf_readf_float(sound, to, n); }
sf_count_t read_frames(SNDFILE* sound, double* to, Frames n) { return sf_readf_double(sound, to, n); }

}  // namespace

class AudioReader::Body {
public:
    explicit Body(const std::filesystem::path& path) : file_(path) {
        const std::string name = path.string();
        if (file_.size() == 0) throw InputError(fmt::format("{}: empty (0 bytes); export it again", name));
        const auto mpeg = mpeg_length(file_);
        const auto extent = mpeg ? mpeg->extent : data_extent(file_);
        if (mpeg && extent && extent->cut_short()) throw InputError(cut_short(path, *extent, info_));
        SF_INFO sound{};
        sound_ = open_sound(file_, sound);
        if (!sound_) refuse_unopened(extent);
        info_ = {
            path,         container_name(sound.format), sample_format(sound.format), sound.channels, sound.samplerate,
            sound.frames, is_coded(sound.format)};
        if (info_.channels > most_channels)
            throw InputError(fmt::format("{}: has {} channels; at most {} can be read, split it", name, info_.channels,
                                         most_channels));
        if (extent && extent->cut_short()) throw InputError(cut_short(path, *extent, info_));
        if (sound.frames == SF_COUNT_MAX || (mpeg && !extent)) count_frames(mpeg ? mpeg->frames : 0);
        if (info_.frames < 1) throw InputError(fmt::format("{}: holds no audio (0 frames); export it again", name));
        if (info_.container == "flac") check_last_frame();
        bytes_ = bytes_as_they_lie(sound_.get(), info_);
    }

    const AudioInfo& info() const { return info_; }
    Frames position() const { return position_; }
    Frames silent_frames() const { return silent_frames_; }

    void seek(Frames frame) {
        frame = std::clamp<Frames>(frame, 0, info_.frames);
        if (frame == position_) return;
        if (frame < info_.frames && sf_seek(sound_.get(), frame, SEEK_SET) != frame) refuse_broken(frame);
        position_ = frame;
    }

    template <class Sample>
    Frames read(AudioView<Sample> out) {
        if (bytes_ > 0) return read_bytes(out);
        return is_integer(info_.format) ? read_planes(out, integers_) : read_planes(out, floats<Sample>());
    }

    Frames read_integers(std::int32_t* interleaved, Frames frames) {
        return read_all(interleaved, std::min(frames, info_.frames - position_));
    }

private:
    template <class Sample>
    std::vector<Sample>& floats() {
        if constexpr (std::is_same_v<Sample, float>)
            return floats_;
        else
            return doubles_;
    }

    /// What of `wanted` frames is left in the file, by read(done, n) in pieces.
    template <class Read>
    Frames in_pieces(Frames wanted, Read read) {
        const Frames frames = std::min(wanted, info_.frames - position_);
        for (Frames done = 0; done < frames;) {
            const Frames n = std::min(frames_at_once, frames - done);
            read(done, n);
            done += n;
        }
        return frames;
    }

    template <class Sample, class Stored>
    Frames read_planes(AudioView<Sample> out, std::vector<Stored>& interleaved) {
        interleaved.resize(static_cast<std::size_t>(frames_at_once * info_.channels));
        const Stored* const samples = interleaved.data();
        return in_pieces(out.frames, [&](Frames done, Frames n) {
            const Frames first = position_;
            read_all(interleaved.data(), n);
            if constexpr (!std::is_same_v<Stored, std::int32_t>)
                if (!all_finite(samples, n * info_.channels)) refuse_sample(interleaved, first);
            deinterleave([samples](Frames i) { return samples[i]; }, info_.channels, n, out, done);
        });
    }

    /// What libsndfile would convert one by one, and pass through a small buffer, is taken from the file's own bytes.
    template <class Sample>
    Frames read_bytes(AudioView<Sample> out) {
        const Frames frame_bytes = Frames(bytes_) * info_.channels;
        raw_.resize(static_cast<std::size_t>(frames_at_once * frame_bytes));
        return in_pieces(out.frames, [&](Frames done, Frames n) {
            end_read(sf_read_raw(sound_.get(), raw_.data(), n * frame_bytes) / frame_bytes, n);
            if (bytes_ == 2) deinterleave_bytes<2>(raw_.data(), info_.channels, n, out, done);
            if (bytes_ == 3) deinterleave_triples(raw_.data(), info_.channels, n, out, done);
            if (bytes_ == 4) deinterleave_bytes<4>(raw_.data(), info_.channels, n, out, done);
        });
    }

    template <class Stored>
    Frames read_all(Stored* interleaved, Frames frames) {
        const Frames n = read_frames(sound_.get(), interleaved, frames);
        end_read(n, frames);
        std::fill_n(interleaved + n * info_.channels, (frames - n) * info_.channels, Stored(0));
        return frames;
    }

    /// Exactly that many frames, or an error: the header promised them. libsndfile stops at the first Ogg page that is
    /// marked as the last, and some good files mark several, up to 0.2 s apart; silence stands for what follows, so
    /// that the length is what other programs say, and silent_frames() tells.
    void end_read(Frames n, Frames frames) {
        if (sf_error(sound_.get()) != SF_ERR_NO_ERROR) refuse_broken(position_ + n);
        const Frames missing = info_.frames - position_ - n;
        if (n < frames && (info_.format != SampleFormat::lossy || missing > info_.sample_rate / 2))
            throw InputError(cut_short(info_.path, info_.frames, position_ + n));
        if (n < frames) silent_frames_ = std::max(silent_frames_, missing);
        position_ += frames;
    }

    /// The length of a file that does not give it. libsndfile reads no further than the length that it guesses.
    void count_frames(Frames at_least) {
        info_.frames = decodable_frames(file_);
        SF_INFO sound{};
        sound_ = open_sound(file_, sound);
        if (info_.frames == sound.frames && info_.frames < at_least)
            throw InputError(fmt::format(
                "{}: has a variable bit rate and no header that gives its length; convert it to FLAC or WAV first",
                info_.path.string()));
    }

    /// A FLAC file that was cut decodes up to the cut only; its last frame tells without decoding all of it.
    void check_last_frame() {
        integers_.resize(static_cast<std::size_t>(info_.channels));
        const Frames last = info_.frames - 1;
        if (sf_seek(sound_.get(), last, SEEK_SET) != last || sf_readf_int(sound_.get(), integers_.data(), 1) != 1)
            throw InputError(cut_short(info_.path, info_.frames, decodable_frames(file_)));
        if (sf_seek(sound_.get(), 0, SEEK_SET) != 0) refuse_broken(0);
    }

    [[noreturn]] void refuse_unopened(const std::optional<DataExtent>& extent) const {
        if (extent && extent->cut_short()) throw InputError(cut_short(file_.path(), *extent, info_));
        std::string words = plain_words(sf_strerror(nullptr));
        if (words.starts_with("file does not exist")) words = "damaged, or far too short";  // what the MP3 decoder says
        throw InputError(
            fmt::format("{}: cannot be read as audio: {}; give WAV, AIFF, FLAC, CAF, W64, MP3, Vorbis or Opus",
                        file_.path().string(), words));
    }

    [[noreturn]] void refuse_broken(Frames frame) const {
        throw InputError(fmt::format("{}: broken at {:.3f} s (frame {}): {}; export it again", info_.path.string(),
                                     static_cast<double>(frame) / info_.sample_rate, frame,
                                     plain_words(sf_strerror(sound_.get()))));
    }

    template <class Sample>
    [[noreturn]] void refuse_sample(const std::vector<Sample>& interleaved, Frames first) const {
        const auto wrong =
            std::find_if(interleaved.begin(), interleaved.end(), [](Sample x) { return !std::isfinite(x); });
        const Frames sample = wrong - interleaved.begin();
        const Frames frame = first + sample / info_.channels;
        throw InputError(fmt::format("{}: the sample at {:.6f} s (frame {}, channel {}) is {}; export it again",
                                     info_.path.string(), static_cast<double>(frame) / info_.sample_rate, frame,
                                     sample % info_.channels + 1,
                                     std::isnan(*wrong) ? "not a number (NaN)" : "infinite"));
    }

    InputFile file_;
    SoundFile sound_{nullptr, sf_close};
    AudioInfo info_;
    Frames position_ = 0;
    Frames silent_frames_ = 0;
    int bytes_ = 0;  ///< of a sample that is read as it lies in the file; 0: through libsndfile's conversion
    std::vector<unsigned char> raw_;
    std::vector<std::int32_t> integers_;
    std::vector<float> floats_;
    std::vector<double> doubles_;
};

AudioReader::AudioReader(const std::filesystem::path& path) : body_(std::make_unique<Body>(path)) {}
AudioReader::~AudioReader() = default;
AudioReader::AudioReader(AudioReader&&) noexcept = default;
const AudioInfo& AudioReader::info() const { return body_->info(); }
void AudioReader::seek(Frames frame) { body_->seek(frame); }
Frames AudioReader::position() const { return body_->position(); }
Frames AudioReader::silent_frames() const { return body_->silent_frames(); }
Frames AudioReader::read(AudioView<float> out) { return body_->read(out); }
Frames AudioReader::read(AudioView<double> out) { return body_->read(out); }
Frames AudioReader::read_integers(std::int32_t* interleaved, Frames frames) {
    return body_->read_integers(interleaved, frames);
}

std::string decoder_version() { return sf_version_string(); }

}  // namespace lathe
