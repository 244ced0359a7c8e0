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

SourceLibrary::SourceLibrary(const Album& album, CompileMemory* memory) : album_(album), memory_(memory) {
    for (const Track& track : album.tracks) {
        add_source(track.line, track.source);
        for (const Version& version : track.versions)
            if (!version.source.empty()) add_source(version.line, version.source);
    }
}

void SourceLibrary::add_source(int line, const std::filesystem::path& path) {
    if (sources_.count(path)) return;
    try {
        std::shared_ptr<const SourceFile> file = memory_ ? memory_->source(path) : nullptr;
        if (!file) {
            const FileState state = state_of(path);
            file =
                std::make_shared<SourceFile>(SourceFile{state, AudioReader(path).info(), content_hash_of_file(path)});
            if (memory_) memory_->keep(path, file);
        }
        sources_[path] = std::move(file);
    } catch (const InputError& error) {
        throw InputError(fmt::format("{}:{}: source: {}", album_.path.string(), line, error.what()));
    }
}

const ResponseFile& SourceLibrary::response(const std::string& ir) {
    const auto known = responses_.find(ir);
    if (known != responses_.end()) return *known->second;
    const std::filesystem::path path = resolved_path(album_, ir);
    std::shared_ptr<const ResponseFile> file = memory_ ? memory_->response(path) : nullptr;
    if (!file) {
        const FileState state = state_of(path);
        file = std::make_shared<ResponseFile>(ResponseFile{state, load(path), content_hash_of_file(path)});
        check_unchanged(path, state);
        if (memory_) memory_->keep(path, file);
    }
    return *(responses_[ir] = std::move(file));
}

std::vector<InputFile> SourceLibrary::inputs() const {
    std::vector<InputFile> list;
    for (const auto& [path, source] : sources_) list.push_back({path, source->hash});
    for (const auto& [ir, response] : responses_) list.push_back({resolved_path(album_, ir), response->hash});
    return list;
}

}  // namespace lathe
