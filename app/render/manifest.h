// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/render/render_result.h"

namespace lathe {

/// A render as its JSON document: what `render --json` prints and the manifest holds.
nlohmann::ordered_json to_json(const RenderResult& result);
/// DeliverableResult::bits as documents have it: 16, "float", null.
nlohmann::ordered_json bits_json(const std::string& bits);

/// A file of the last render, as its document names it.
struct ListedDeliverable {
    std::string track, name, master, version;  ///< track: its id; empty for a file of the whole album
    std::filesystem::path path;
    std::string sha256;
    bool same_place(const ListedDeliverable& other) const {
        return track == other.track && name == other.name && master == other.master && version == other.version;
    }
};

/// What lathe.json says of an output folder: the files that are Lathe's to overwrite, and the last render's document.
class Manifest {
public:
    /// The manifest in that folder, or an empty one. Throws InputError if the file there is not a manifest.
    explicit Manifest(const std::filesystem::path& folder);

    const std::filesystem::path& path() const { return path_; }
    const std::vector<std::filesystem::path>& files() const { return files_; }  ///< absolute
    bool lists(const std::filesystem::path& file) const;
    /// Of the listed files those that are there and not among the planned.
    std::vector<std::filesystem::path> no_longer_made(const std::vector<std::filesystem::path>& planned) const;
    /// The last render's document; null: there was none, or it did not end.
    nlohmann::ordered_json document() const;
    /// Where a file that the document names lies now: beside the manifest, wherever that was moved.
    std::filesystem::path place_of(const std::string& path) const;
    /// Those of the last render's document, where they lie now.
    std::vector<ListedDeliverable> deliverables() const;
    /// What the last render was made from, and on what. Throws InputError for a manifest that does not say.
    Recipe recipe() const;
    /// "simd", "precision" …: a word of the document's engine table; empty: it does not say.
    std::string engine(const std::string& key) const;

    /// Why a programme with that key could not be had from the cache, as far as the last render here tells.
    std::string why_rendered(const ProgrammeOrigin& origin) const;

    /// Throws InputError for a planned file that is in the way: there, and not listed.
    void check_overwrites(const std::vector<std::filesystem::path>& planned) const;
    /// Before the first file is written: the planned ones join the list, so that they are known even after a crash.
    void announce(const std::vector<std::filesystem::path>& planned) const;
    /// After a render that failed: of the planned files those that are there stay on the list. With none, and no render
    /// before, the manifest goes too.
    void settle(const std::vector<std::filesystem::path>& planned) const;
    /// Afterwards: the document, with the deliverables that this render was not asked for taken over from the last.
    /// kept: all files that are to stay on the list.
    void write(const RenderResult& result, const std::vector<std::filesystem::path>& kept) const;

private:
    std::filesystem::path path_;
    std::vector<std::filesystem::path> files_;
    std::string last_;  ///< the last document's text; empty: none
};

}  // namespace lathe
