// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/media/audio_file.h"
#include "app/render/render_result.h"
#include "app/session/album.h"
#include "dsp/linear/impulse_response.h"

namespace lathe {

/// A source file as an album uses it: what it holds, and a hash of its bytes.
struct SourceFile {
    AudioInfo info;
    std::string hash;
};

/// An impulse response file, as it is, and a hash of its bytes.
struct ResponseFile {
    ImpulseResponse response;
    std::string hash;
};

/// Every file that an album reads, opened once and known by path.
class SourceLibrary {
public:
    /// Opens and hashes the sources. Throws InputError for one that is missing or no audio, naming the album's line.
    explicit SourceLibrary(const Album& album);

    const SourceFile& source(const std::filesystem::path& path) const { return sources_.at(path); }
    /// Every file that was read, with its hash: sources, then responses.
    std::vector<InputFile> inputs() const;
    /// ir: as the album writes it, relative to the album. Loaded when first asked for. Throws InputError.
    const ResponseFile& response(const std::string& ir);

private:
    void add_source(int line, const std::filesystem::path& path);

    const Album& album_;
    std::map<std::filesystem::path, SourceFile> sources_;
    std::map<std::string, ResponseFile> responses_;
};

}  // namespace lathe
