// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/render/compile_memory.h"
#include "app/render/render_result.h"
#include "app/session/album.h"

namespace lathe {

/// Every file that an album reads, opened once and known by path.
class SourceLibrary {
public:
    /// Opens and hashes the sources. Throws InputError for one that is missing or no audio, naming the album's line.
    /// memory: may know them from before; none: nothing is known.
    explicit SourceLibrary(const Album& album, CompileMemory* memory = nullptr);

    const SourceFile& source(const std::filesystem::path& path) const { return *sources_.at(path); }
    /// Every file that was read, with its hash: sources, then responses.
    std::vector<InputFile> inputs() const;
    /// ir: as the album writes it, relative to the album. Loaded when first asked for. Throws InputError.
    const ResponseFile& response(const std::string& ir);

private:
    void add_source(int line, const std::filesystem::path& path);

    const Album& album_;
    CompileMemory* memory_;
    std::map<std::filesystem::path, std::shared_ptr<const SourceFile>> sources_;
    std::map<std::string, std::shared_ptr<const ResponseFile>> responses_;
};

}  // namespace lathe
