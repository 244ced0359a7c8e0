// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/track_processor.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/session/album_file.h"
#include "app/session/text_lines.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

std::string bands_text(std::span<const EqBand> bands, std::string_view first, std::string_view between) {
    std::string text = "[";
    for (const EqBand& band : bands) {
        text += fmt::format("{}{{ type = \"bell\", hz = {:.2f}, gain_db = {:.2f}, q = {:.2f}",
                            &band == bands.data() ? first : between, band.hz, band.gain_db, band.q);
        if (band.channel != Channel::stereo)
            text += fmt::format(", channel = \"{}\"", channel_words[static_cast<std::size_t>(band.channel)]);
        text += " }";
    }
    return text + " ]";
}

/// Whether a section is that track or lies in it.
bool is_of_track(const TextSection& section, std::size_t track) {
    return section.path.size() >= 2 && section.path[0] == DocStep("track") && section.path[1] == DocStep(track);
}

/// Behind the last line of a track's sections.
std::size_t end_of_track(const std::string& text, std::size_t track) {
    std::size_t end = std::string::npos;
    for (const TextSection& section : sections_of(text)) {
        if (!is_of_track(section, track)) continue;
        end = after_line_of(text, section.header);
        for (const TextEntry& entry : section.entries)
            end = std::max(end, after_line_of(text, {entry.key.begin, entry.value.end}));
    }
    return end;
}

}  // namespace

std::string with_track_eq(const Album& album, std::size_t track, const std::string& id, std::span<const EqBand> bands) {
    const Track& owner = album.tracks.at(track);
    for (const ChainSlot& slot : owner.chain)
        if (slot.kind == ChainSlot::Kind::processor && slot.entry.id == id) {
            const Edit edit{fmt::format("track.{}.chain.{}.bands", owner.id, id), bands_text(bands, " ", ", ")};
            return edited(album, {&edit, 1});
        }
    const std::size_t end = end_of_track(album.text, track);
    if (end == std::string::npos)
        throw InputError(fmt::format("{}: track \"{}\" is not written as [[track]]; add the EQ by hand",
                                     album.path.string(), owner.id));
    const std::string lines =
        fmt::format("\n[[track.chain]]\nid = \"{}\"\ntype = \"eq\"\nphase = \"minimum\"\nbands = {}\n", id,
                    bands_text(bands, " ", ",\n          "));
    std::string text =
        end == album.text.size() ? with_lines_at_end(album.text, lines.substr(1)) : with_lines(album.text, end, lines);
    parse_album(text, album.path);
    return text;
}

}  // namespace lathe
