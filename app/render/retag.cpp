// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/retag.h"

#include <memory>

#include "app/media/audio_file.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = 1 << 16;

void copy_integers(AudioReader& from, AudioWriter& to, const Cancel& cancel) {
    std::vector<std::int32_t> piece(static_cast<std::size_t>(piece_frames * from.info().channels));
    while (const Frames n = from.read_integers(piece.data(), piece_frames)) {
        cancel.check();
        to.write_integers(piece.data(), n);
    }
}

void copy_floats(AudioReader& from, AudioWriter& to, const Cancel& cancel) {
    const int channels = from.info().channels;
    AudioBuffer<float> planar(channels, piece_frames);
    std::vector<float> piece(static_cast<std::size_t>(piece_frames * channels));
    while (const Frames n = from.read(planar.view())) {
        cancel.check();
        for (int c = 0; c < channels; ++c)
            for (Frames i = 0; i < n; ++i) piece[static_cast<std::size_t>(i * channels + c)] = planar.channel(c)[i];
        to.write_floats(piece.data(), n);
    }
}

}  // namespace

bool retag(const PlannedStream& stream, SameSound& sound, const Cancel& cancel) {
    const WriteFormat& format = stream.format.write;
    // Opened before they are looked at: a file that is then replaced stays open as it was.
    std::vector<std::unique_ptr<AudioReader>> readers;
    for (const SameSound::File& file : sound.files) {
        if (state_of(file.path) != file.state) return false;
        readers.push_back(std::make_unique<AudioReader>(file.path));
        if (state_of(file.path) != file.state) return false;
    }
    std::vector<AudioWriter> writers;
    for (std::size_t i = 0; i < readers.size(); ++i) {
        AudioWriter& writer = writers.emplace_back(stream.cuts[i].path, format, stream.cuts[i].tags);
        if (is_integer(format.format))
            copy_integers(*readers[i], writer, cancel);
        else
            copy_floats(*readers[i], writer, cancel);
        writer.finish();
        sound.delivered.files[i].result.sha256 = sha256_of_file(writer.temporary_path(), cancel);
    }
    for (AudioWriter& writer : writers) writer.commit();
    return true;
}

}  // namespace lathe
