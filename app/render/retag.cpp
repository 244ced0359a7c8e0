// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/retag.h"

#include <memory>

#include "app/render/copy_pcm.h"

namespace lathe {
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
        const Frames frames = readers[i]->info().frames;
        const auto put = [&](const PcmBlock& block) {
            if (block.integers)
                writer.write_integers(block.integers, block.frames);
            else
                writer.write_floats(block.floats, block.frames);
        };
        if (copy_pcm(*readers[i], is_integer(format.format), frames, cancel, put) != frames) return false;
        writer.finish();
        sound.delivered.files[i].result.sha256 = sha256_of_file(writer.temporary_path(), cancel);
    }
    for (AudioWriter& writer : writers) writer.commit();
    return true;
}

}  // namespace lathe
