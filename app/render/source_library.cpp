// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/source_library.h"

#include <fmt/format.h>

#include "app/session/album_file.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

ImpulseResponse load(const std::filesystem::path& path) {
    AudioReader reader(path);
    const AudioInfo& info = reader.info();
    ImpulseResponse response{AudioBuffer<double>(info.channels, info.frames), static_cast<double>(info.sample_rate)};
    reader.read(response.audio.view());
    return response;
}

}  // namespace

SourceLibrary::SourceLibrary(const Album& album) : album_(album) {
    for (const Track& track : album.tracks) {
        add_source(track.line, track.source);
        for (const Version& version : track.versions)
            if (!version.source.empty()) add_source(version.line, version.source);
    }
}

void SourceLibrary::add_source(int line, const std::filesystem::path& path) {
    if (sources_.count(path)) return;
    try {
        sources_[path] = {AudioReader(path).info(), content_hash_of_file(path)};
    } catch (const InputError& error) {
        throw InputError(fmt::format("{}:{}: source: {}", album_.path.string(), line, error.what()));
    }
}

const ResponseFile& SourceLibrary::response(const std::string& ir) {
    const auto known = responses_.find(ir);
    if (known != responses_.end()) return known->second;
    const std::filesystem::path path = resolved_path(album_, ir);
    return responses_[ir] = {load(path), content_hash_of_file(path)};
}

std::vector<InputFile> SourceLibrary::inputs() const {
    std::vector<InputFile> list;
    for (const auto& [path, source] : sources_) list.push_back({path, source.hash});
    for (const auto& [ir, response] : responses_) list.push_back({resolved_path(album_, ir), response.hash});
    return list;
}

}  // namespace lathe
