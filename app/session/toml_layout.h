// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Where things stand in the text of a TOML file, byte by byte, so that one of them can be changed and the rest left.
/// The text must be good TOML: nothing is checked here. (toml++ counts columns in code points and gives no ends of
/// keys, of statements or of dotted tables; hence a scanner of our own.)
namespace lathe {

/// A step down: a key, or an index into an array (of tables), from 0.
using DocStep = std::variant<std::string, std::size_t>;
/// {"chain", 2, "bands", 1, "gain_db"}.
using DocPath = std::vector<DocStep>;

/// Whether a path is that one or leads further down from it.
bool begins_with(std::span<const DocStep> path, std::span<const DocStep> with);
bool begins_with(std::span<const DocStep> path, const std::vector<std::string>& keys);

/// Bytes [begin, end) of the text.
struct TextSpan {
    std::size_t begin = 0, end = 0;
};

/// One "key = value".
struct TextEntry {
    std::vector<std::string> keys;  ///< the parts of a dotted key, unquoted
    std::vector<TextSpan> parts;    ///< where each of them stands
    TextSpan key;                   ///< all of it
    TextSpan value;
};

/// A header and the entries under it; the first section is what stands before any header.
struct TextSection {
    DocPath path;                 ///< of the table, with its index where it is one of an array
    TextSpan header;              ///< "[track.set]"; empty for the first
    std::vector<TextSpan> parts;  ///< where each key of the header stands
    std::vector<TextEntry> entries;
};

std::vector<TextSection> sections_of(std::string_view text);
/// The entries of an inline table, the elements of an array. value: its span, brackets included.
std::vector<TextEntry> inline_entries(std::string_view text, TextSpan value);
std::vector<TextSpan> array_elements(std::string_view text, TextSpan value);
/// A value found by its path.
struct TextPlace {
    TextSpan whole;  ///< "key = value"; of an array's element the value alone
    TextSpan value;
    std::optional<TextSpan> container;  ///< the inline table or array around it; none: it has lines of its own
};
/// None for what is not there, and for a table or a list of them that has headers or dotted keys.
std::optional<TextPlace> find_value(std::string_view text, const DocPath& path);
/// The span of the value that begins at a place.
TextSpan value_at(std::string_view text, std::size_t begin);

/// Key parts as TOML writes them: eq.bands."low mud".gain_db.
std::string dotted_key(const std::vector<std::string>& keys);

}  // namespace lathe
