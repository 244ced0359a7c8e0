// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/reference_reader.h"

#include <fmt/format.h>

#include "app/session/track_reader.h"

namespace lathe {

std::vector<Reference> read_references(std::span<const toml::table* const> tables, const Album& album,
                                       const Place& album_place) {
    std::vector<Reference> references;
    for (const toml::table* table : tables) {
        Reference& read = references.emplace_back();
        read.line = line_of(*table);
        const Place place = album_place.within(fmt::format("[[reference]] {}", references.size()));
        read_table(*table, {{{ReferenceInfo::fields(), &read.info}}, {}, {}}, place);
        if (read.info.source.empty())
            place.fail(line_of(*table, "source"), "needs a source, as source = \"theirs.wav\"");
        read.source = resolved_path(album, read.info.source);
        if (read.info.title.empty()) read.info.title = title_of_source(read.source);
        check_times(read.info.start, read.info.end, line_of(*table, "end"), place);
    }
    return references;
}

}  // namespace lathe
