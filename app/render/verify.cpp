// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/verify.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "app/media/audio_file.h"
#include "app/render/manifest.h"
#include "app/session/album_file.h"
#include "dsp/core/error.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

/// A folder that goes, with all that is in it, when its owner does.
class WorkFolder {
public:
    explicit WorkFolder(const std::filesystem::path& parent) : path_(parent / fmt::format("verify-{}", ::getpid())) {
        std::error_code error;
        std::filesystem::create_directories(path_, error);
        if (error)
            throw SystemError(fmt::format("{}: cannot be made: {}; name another folder with --cache", path_.string(),
                                          error.message()));
    }
    ~WorkFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

void check_inputs(const Recipe& recipe) {
    for (const InputFile& input : recipe.inputs)
        if (content_hash_of_file(input.path) != input.hash)
            throw InputError(fmt::format(
                "{}: is not the file that the manifest was made from; put that one back, or render the album again",
                input.path.string()));
}

void use_instruction_set(const std::string& name) {
    for (const Isa isa : all_isas)
        if (isa_name(isa) == name && isa <= best_isa()) use_isa(isa);
}

Verdict verdict_on(const ListedDeliverable& listed, const std::vector<ListedDeliverable>& made) {
    const auto again =
        std::find_if(made.begin(), made.end(), [&](const ListedDeliverable& file) { return file.same_place(listed); });
    if (again == made.end() || again->sha256 != listed.sha256) return Verdict::differs;
    if (!std::filesystem::exists(listed.path)) return Verdict::missing;
    return sha256_of_file(listed.path) == listed.sha256 ? Verdict::same : Verdict::changed;
}

template <class T>
void add_once(std::vector<T>& list, const T& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

bool Verification::holds() const {
    return std::all_of(files.begin(), files.end(), [](const File& file) { return file.verdict == Verdict::same; });
}

Verification verify_manifest(const std::filesystem::path& path, RenderOptions options, RenderProgress& progress,
                             const Cancel& cancel) {
    const std::filesystem::path given = std::filesystem::absolute(path).lexically_normal();
    const Manifest manifest(std::filesystem::is_directory(given) ? given : given.parent_path());
    const Recipe recipe = manifest.recipe();
    check_inputs(recipe);
    use_instruction_set(manifest.engine("simd"));
    options.precision = manifest.engine("precision") == "f64" ? Precision::f64 : Precision::f32;

    const std::vector<ListedDeliverable> listed = manifest.deliverables();
    options.selection = {};
    const bool whole_albums =
        std::any_of(listed.begin(), listed.end(), [](const ListedDeliverable& file) { return file.track.empty(); });
    for (const ListedDeliverable& file : listed) {
        if (!whole_albums) add_once(options.selection.tracks, file.track);
        add_once(options.selection.deliveries, file.name);
    }
    const WorkFolder folder(options.spill_folder);
    options.out_folder = folder.path();
    const Album album = parse_album(recipe.text, recipe.album);
    render_album(album, options, progress, cancel);

    Verification result{{}, std::string(isa_name(active_isa())), manifest.engine("simd")};
    const std::vector<ListedDeliverable> made = Manifest(folder.path()).deliverables();
    for (const ListedDeliverable& file : listed)
        result.files.push_back({file.path, file.track, file.name, verdict_on(file, made)});
    return result;
}

}  // namespace lathe
