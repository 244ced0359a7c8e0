// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/album.h"

namespace lathe {

/// The path of an edit on its way from left to right: the part still to be read, name by name.
class PathReader {
public:
    PathReader(const Album& album, const std::string& path) : album_(album), whole_(path), rest_(path) {}

protected:
    using Names = std::vector<std::string_view>;

    /// Throws InputError "PATH: why".
    [[noreturn]] void fail(std::string_view why) const;

    void skip(std::string_view name);
    bool begins_with(std::string_view name) const;
    /// The longest of the names that stands next, taken; a delivery's may have dots. Its index, or the count of them.
    std::size_t take(const Names& names);
    std::size_t take_known(std::string_view kind, const Names& names);
    /// The index that a number from 1 next means, taken; or count.
    std::size_t take_number(std::size_t count);
    std::size_t take_track();      ///< by id or number
    std::size_t take_reference();  ///< by title or number
    /// The index that a number from 1 next means, taken. Throws InputError if there is none such.
    std::size_t take_known_number(std::string_view kind, std::size_t count);
    /// Throws InputError unless an id of the album's chain stands next. words: what else may.
    void check_begins_with_processor(std::initializer_list<std::string_view> words) const;

    static Names names_of(const std::vector<Version>& versions);
    static Names names_of(const std::vector<Master>& masters);
    static Names names_of(const std::vector<Delivery>& deliveries);

    const Album& album_;
    const std::string& whole_;
    std::string_view rest_;
};

}  // namespace lathe
