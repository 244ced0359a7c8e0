// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/album_file.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "app/session/album_draft.h"
#include "app/session/chain_reader.h"
#include "app/session/output_reader.h"
#include "app/session/overrides.h"
#include "app/session/reference_reader.h"
#include "app/session/track_reader.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr std::int64_t format_version = 1;

void check_format_version(const toml::table& root, const Place& place) {
    const toml::node* node = root.get("lathe");
    if (!node) return;
    const auto* version = node->as_integer();
    const int line = line_of(root, "lathe");
    if (!version || version->get() < 1)
        place.fail(line, fmt::format("lathe must be the format's version, as lathe = {}", format_version));
    if (version->get() > format_version)
        place.fail(line,
                   fmt::format("this album has format version {}; this program reads version {}, so use a newer one",
                               version->get(), format_version));
}

void read_album_table(const toml::table& root, Album& album, const Place& place) {
    Master main;
    if (const toml::table* table = table_of(root, "album", place)) {
        main.line = line_of(*table);
        const TableShape shape{{{AlbumInfo::fields(), &album.info}, {MasterTarget::fields(), &main.target}}, {}, {}};
        read_table(*table, shape, place.within("[album]"));
        resolve_normalize(*table, main.target);
    }
    album.masters.push_back(std::move(main));
}

Album parse(std::string text, const std::filesystem::path& path, bool is_draft) {
    const Place place{path.string(), {}, is_draft};
    const toml::table root = parse_toml(text, place.file);
    Album album;
    album.path = std::filesystem::absolute(path).lexically_normal();
    album.text = std::move(text);
    check_format_version(root, place);
    read_table(root, {{}, {"lathe", "album", "chain", "track", "reference", "master", "deliver"}, {}}, place);
    read_album_table(root, album, place);
    album.chain = read_chain(tables_of(root, "chain", place), "[[chain]]", true, place);
    album.tracks = read_tracks(tables_of(root, "track", place), album, place);
    album.references = read_references(tables_of(root, "reference", place), album, place);
    for (Master& master : read_masters(tables_of(root, "master", place), album, place))
        album.masters.push_back(std::move(master));
    album.deliveries = read_deliveries(tables_of(root, "deliver", place), album, place);
    return album;
}

}  // namespace

Album read_album(const std::filesystem::path& path) {
    if (std::error_code ignored; std::filesystem::is_directory(path, ignored))
        throw InputError(fmt::format("{0} is a folder; name the album file in it, as {0}/album.toml", path.string()));
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw InputError(fmt::format("{}: no such album file; \"lathe new DIR FILE…\" writes one", path.string()));
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (file.bad()) throw InputError(fmt::format("{}: cannot be read", path.string()));
    return parse_album(std::move(text), path);
}

Album parse_album(std::string text, const std::filesystem::path& path) {
    Album album = parse(std::move(text), path, false);
    check_overridden(album, path.string());
    return album;
}

Album parse_draft(std::string text, const std::filesystem::path& path) { return parse(std::move(text), path, true); }

}  // namespace lathe
