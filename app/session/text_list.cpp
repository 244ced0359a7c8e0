// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/text_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "app/session/inline_array.h"
#include "app/session/text_blocks.h"
#include "app/session/text_lines.h"
#include "app/session/text_patch.h"

namespace lathe {
namespace {

constexpr std::array<std::string_view, 7> block_lists{"chain",     "track",  "version", "note",
                                                      "reference", "master", "deliver"};

std::string with_array_changed(const std::string& text, TextSpan value,
                               const std::function<void(InlineArray&)>& change) {
    InlineArray array(text, value);
    change(array);
    return text.substr(0, value.begin) + array.text() + text.substr(value.end);
}

/// Whether what a list lies in has a header, or is the file.
bool has_header(std::string_view text, const DocPath& table) {
    return table.empty() || !block_spans(text, table).empty();
}

std::string with_new_list(const std::string& text, const DocPath& list, std::string_view entry) {
    const std::string& key = std::get<std::string>(list.back());
    const bool is_block = std::find(block_lists.begin(), block_lists.end(), key) != block_lists.end();
    if (is_block && has_header(text, {list.begin(), list.end() - 1})) return with_block(text, list, 0, entry);
    return with_value(text, list, fmt::format("[ {} ]", entry));
}

}  // namespace

std::string with_list_entry(std::string_view text, const DocPath& list, std::size_t at, std::string_view entry) {
    return changed_in_plain_lines(text, [&](std::string plain) {
        if (const auto place = find_value(plain, list))
            return with_array_changed(plain, place->value,
                                      [&](InlineArray& array) { array.insert(at, std::string(entry)); });
        if (count_blocks(plain, list) > 0) return with_block(plain, list, at, entry);
        return with_new_list(plain, list, entry);
    });
}

std::string without_list_entry(std::string_view text, const DocPath& list, std::size_t index) {
    return changed_in_plain_lines(text, [&](std::string plain) {
        if (const auto place = find_value(plain, list))
            return with_array_changed(plain, place->value, [&](InlineArray& array) { array.remove(index); });
        DocPath table = list;
        table.emplace_back(index);
        return without_block(std::move(plain), table);
    });
}

std::string with_list_entry_moved(std::string_view text, const DocPath& list, std::size_t from, std::size_t to) {
    return changed_in_plain_lines(text, [&](std::string plain) {
        if (const auto place = find_value(plain, list))
            return with_array_changed(plain, place->value, [&](InlineArray& array) { array.move(from, to); });
        return with_block_moved(std::move(plain), list, from, to);
    });
}

}  // namespace lathe
