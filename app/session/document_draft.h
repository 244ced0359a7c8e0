// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <toml++/toml.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/session/toml_layout.h"

namespace lathe {

/// The table { value = TEXT }, or nothing if text is not one value of TOML and nothing more.
std::optional<toml::table> parse_value(std::string_view text);

/// A file's text while it is edited, and beside it, edited the same way, the table that the text must still mean.
class DocumentDraft {
public:
    /// text: good TOML.
    DocumentDraft(std::string text, const std::string& file);

    const std::string& text() const { return text_; }
    /// Throws InputError if the text has come to mean something else than the edits asked for.
    void check(const std::string& file) const;

    /// Whole lines at the end.
    void append(std::string_view lines, const std::string& file);
    /// value, entry: good TOML.
    void set(const DocPath& path, std::string_view value);
    void unset(const DocPath& path);
    void insert(const DocPath& list, std::size_t at, std::string_view entry);
    void remove(const DocPath& list, std::size_t index);
    void move(const DocPath& list, std::size_t from, std::size_t to);
    void rename_keys(const DocPath& parent, const std::map<std::string, std::string>& names);

private:
    std::string text_;
    toml::table expected_;
};

}  // namespace lathe
