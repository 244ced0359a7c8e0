// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <array>

#include "app/media/audio_file.h"
#include "app/media/chunk_tail.h"
#include "app/media/ogg_serial.h"
#include "app/media/output_file.h"
#include "app/media/pcm_bytes.h"
#include "app/media/sound_format.h"
#include "app/media/tags.h"
#include "dsp/core/error.h"
#include "dsp/core/random.h"

namespace lathe {
namespace {

constexpr std::int64_t longest_aiff = 0xFFFF0000;  // its sizes have 32 bits; the rest is for text
constexpr Frames lossy_frames_at_once = 4096;      // libvorbis' result depends on how its input is cut

/// Nominal kbps of one channel at libvorbis' qualities 0 to 10, 44.1 and 48 kHz (lib/modes/setup_44.h, setup_44u.h).
constexpr std::array coupled_kbps{32.0, 40.0, 48.0, 56.0, 64.0, 80.0, 96.0, 112.0, 128.0, 160.0, 250.0};
constexpr std::array single_kbps{48.0, 60.0, 70.0, 80.0, 86.0, 96.0, 110.0, 120.0, 140.0, 160.0, 240.0};

double vorbis_quality(const WriteFormat& format, int kbps) {
    const auto& table = format.channels == 2 ? coupled_kbps : single_kbps;
    const double wanted = std::clamp(static_cast<double>(kbps) / format.channels, table.front(), table.back());
    std::size_t i = 1;
    while (table[i] < wanted) ++i;
    return (static_cast<double>(i) - (table[i] - wanted) / (table[i] - table[i - 1])) / 10;
}

int default_kbps(Container container) {
    return container == Container::mp3 ? 320 : container == Container::vorbis ? 256 : 192;
}

/// libsndfile's compression level (0 best, 1 smallest) at which the encoder runs at the asked rate. Its MP3 scale is
/// 320 to 32 kbps, cut to an integer; its Opus scale 256 to 6 kbps per channel.
double compression_level(const WriteFormat& format) {
    const int kbps = format.kbps > 0 ? format.kbps : default_kbps(format.container);
    switch (format.container) {
        case Container::mp3:
            return std::max(0.0, (320 - kbps - 0.5) / 288);
        case Container::vorbis:
            return 1 - vorbis_quality(format, kbps);
        default:
            return 1 - (static_cast<double>(kbps) / format.channels - 6) / 250;
    }
}

/// What libsndfile writes to: the file from `start` on.
struct Stream {
    OutputFile* file;
    std::int64_t start, at;
};

SF_VIRTUAL_IO stream_calls() {
    SF_VIRTUAL_IO calls{};
    calls.get_filelen = [](void* user) -> sf_count_t {
        const auto* s = static_cast<Stream*>(user);
        return std::max<sf_count_t>(0, s->file->size() - s->start);
    };
    calls.seek = [](sf_count_t offset, int whence, void* user) -> sf_count_t {
        auto* s = static_cast<Stream*>(user);
        const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? s->at : s->file->size() - s->start;
        return s->at = base + offset;
    };
    calls.read = [](void* to, sf_count_t count, void* user) -> sf_count_t {
        auto* s = static_cast<Stream*>(user);
        const auto n = static_cast<sf_count_t>(s->file->read(s->start + s->at, to, static_cast<std::size_t>(count)));
        s->at += n;
        return n;
    };
    calls.write = [](const void* from, sf_count_t count, void* user) -> sf_count_t {
        auto* s = static_cast<Stream*>(user);
        if (!s->file->write(s->start + s->at, from, static_cast<std::size_t>(count))) return 0;
        s->at += count;
        return count;
    };
    calls.tell = [](void* user) -> sf_count_t { return static_cast<Stream*>(user)->at; };
    return calls;
}

WriteFormat possible(const std::filesystem::path& path, const WriteFormat& format) {
    if (const auto reason = why_not(format)) throw InputError(fmt::format("{}: {}", path.string(), *reason));
    return format;
}

}  // namespace

class AudioWriter::Body {
public:
    Body(const std::filesystem::path& path, const WriteFormat& format, const Tags& tags)
        : format_(possible(path, format)), tags_(tags), file_(path) {
        write_room();
        SF_INFO info = sndfile_info(format_);
        SF_VIRTUAL_IO calls = stream_calls();
        sound_ = {sf_open_virtual(&calls, SFM_WRITE, &info, &stream_), sf_close};
        file_.check();
        if (!sound_)
            throw SystemError(
                fmt::format("{}: cannot be written: {}", path.string(), plain_words(sf_strerror(nullptr))));
        sf_command(sound_.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);  // it holds the time of day
        if (format_.format == SampleFormat::lossy) set_rate();
    }

    void write(const std::int32_t* interleaved, Frames frames) {
        if (format_.container != Container::wav)
            return finish_write(sf_writef_int(sound_.get(), interleaved, frames), frames);
        // WAV holds our packed samples as they are, and large writes cost less than libsndfile's small ones.
        const int bytes = bytes_of_sample(format_.format);
        const Frames frame_bytes = Frames(bytes) * format_.channels;
        packed_.resize(static_cast<std::size_t>(frames * frame_bytes));
        pack_integers(interleaved, frames * format_.channels, bytes, packed_.data());
        finish_write(sf_write_raw(sound_.get(), packed_.data(), frames * frame_bytes) / frame_bytes, frames);
    }

    void write(const float* interleaved, Frames frames) {
        if (format_.format != SampleFormat::lossy) return write_through(interleaved, frames);
        pending_.insert(pending_.end(), interleaved, interleaved + frames * format_.channels);
        const Frames held = static_cast<Frames>(pending_.size()) / format_.channels;
        const Frames whole = held / lossy_frames_at_once * lossy_frames_at_once;
        for (Frames done = 0; done < whole; done += lossy_frames_at_once)
            write_through(pending_.data() + done * format_.channels, lossy_frames_at_once);
        pending_.erase(pending_.begin(), pending_.begin() + whole * format_.channels);
    }

    void finish() {
        write_through(pending_.data(), static_cast<Frames>(pending_.size()) / format_.channels);
        const int error = sf_close(sound_.release());
        file_.check();
        if (error != 0)
            throw SystemError(
                fmt::format("{}: cannot be written: {}", file_.target().string(), plain_words(sf_error_number(error))));
        switch (format_.container) {
            case Container::wav:
                finish_wav(file_, info_list(tags_), id3_tag(tags_));
                break;
            case Container::aiff:
                finish_aiff(file_, id3_tag(tags_));
                break;
            case Container::mp3:
                break;
            case Container::flac:
                write_comments(file_, format_.container, tags_);
                break;
            case Container::vorbis:
            case Container::opus:
                write_comments(file_, format_.container, tags_);
                set_ogg_serial(file_, static_cast<std::uint32_t>(CounterRandom(format_.seed).bits(0)));
                break;
        }
        file_.check();
    }

    const std::filesystem::path& temporary_path() const { return file_.temporary(); }
    void commit() {
        if (sound_) finish();
        file_.commit();
    }

private:
    /// What stands before libsndfile's part of the file.
    void write_room() {
        std::string room;
        if (format_.container == Container::wav) room.assign(static_cast<std::size_t>(wav_room), '\0');
        if (format_.container == Container::mp3) room = id3_tag(tags_);
        file_.write(0, room.data(), room.size());
        stream_ = {&file_, static_cast<std::int64_t>(room.size()), 0};
    }

    void set_rate() {
        int mode = SF_BITRATE_MODE_CONSTANT;
        double level = compression_level(format_);
        if (format_.container == Container::mp3) sf_command(sound_.get(), SFC_SET_BITRATE_MODE, &mode, sizeof mode);
        sf_command(sound_.get(), SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
    }

    void write_through(const float* interleaved, Frames frames) {
        if (frames > 0) finish_write(sf_writef_float(sound_.get(), interleaved, frames), frames);
    }

    void finish_write(sf_count_t written, Frames frames) {
        file_.check();
        if (written != frames)
            throw SystemError(fmt::format("{}: cannot be written: {}", file_.target().string(),
                                          plain_words(sf_strerror(sound_.get()))));
        if (format_.container == Container::aiff && file_.size() > longest_aiff)
            throw InputError(fmt::format("{}: aiff ends at 4 GiB; nearest: wav", file_.target().string()));
    }

    WriteFormat format_;
    Tags tags_;
    OutputFile file_;
    Stream stream_{};
    std::vector<unsigned char> packed_;
    std::vector<float> pending_;  ///< lossy: short of a whole call
    std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> sound_{nullptr, sf_close};
};

AudioWriter::AudioWriter(const std::filesystem::path& path, const WriteFormat& format, const Tags& tags)
    : body_(std::make_unique<Body>(path, format, tags)) {}
AudioWriter::~AudioWriter() = default;
AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
void AudioWriter::write_integers(const std::int32_t* interleaved, Frames frames) { body_->write(interleaved, frames); }
void AudioWriter::write_floats(const float* interleaved, Frames frames) { body_->write(interleaved, frames); }
void AudioWriter::finish() { body_->finish(); }
std::filesystem::path AudioWriter::temporary_path() const { return body_->temporary_path(); }
void AudioWriter::commit() { body_->commit(); }

}  // namespace lathe
