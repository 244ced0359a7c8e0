// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/path_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/session/chain_reader.h"
#include "app/session/toml_reader.h"
#include "dsp/core/error.h"

namespace lathe {

void PathReader::fail(std::string_view why) const { throw InputError(fmt::format("{}: {}", whole_, why)); }

void PathReader::skip(std::string_view name) { rest_.remove_prefix(std::min(name.size() + 1, rest_.size())); }

bool PathReader::begins_with(std::string_view name) const {
    return rest_.starts_with(name) && (rest_.size() == name.size() || rest_[name.size()] == '.');
}

std::size_t PathReader::take(const Names& names) {
    std::size_t best = names.size();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (begins_with(names[i]) && (best == names.size() || names[i].size() > names[best].size())) best = i;
    if (best < names.size()) skip(names[best]);
    return best;
}

std::size_t PathReader::take_known(std::string_view kind, const Names& names) {
    const std::size_t index = take(names);
    if (index == names.size()) fail(unknown(kind, rest_.substr(0, rest_.find('.')), names));
    return index;
}

std::size_t PathReader::take_number(std::size_t count) {
    const std::string_view name = rest_.substr(0, rest_.find('.'));
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_number = error == std::errc{} && end == name.data() + name.size();
    if (!is_number || number < 1 || number > count) return count;
    skip(name);
    return number - 1;
}

std::size_t PathReader::take_track() {
    Names ids;
    for (const Track& track : album_.tracks) ids.push_back(track.id);
    std::size_t index = take(ids);
    if (index == ids.size()) index = take_number(ids.size());
    if (index == ids.size()) fail(unknown("track", rest_.substr(0, rest_.find('.')), ids));
    return index;
}

std::size_t PathReader::take_reference() {
    Names titles;
    for (const Reference& reference : album_.references) titles.push_back(reference.info.title);
    const std::size_t index = take(titles);
    return index < titles.size() ? index : take_known_number("reference", titles.size());
}

std::size_t PathReader::take_known_number(std::string_view kind, std::size_t count) {
    const std::size_t index = take_number(count);
    if (index < count) return index;
    const std::string_view name = rest_.substr(0, rest_.find('.'));
    fail(count == 0 ? fmt::format("there is no [[{}]] yet", kind)
                    : fmt::format("no {} is called \"{}\" (numbers 1 to {})", kind, name, count));
}

void PathReader::check_begins_with_processor(std::initializer_list<std::string_view> words) const {
    const Names ids = ids_of(album_.chain);
    if (std::any_of(ids.begin(), ids.end(), [&](std::string_view id) { return begins_with(id); })) return;
    Names known(words);
    known.insert(known.end(), ids.begin(), ids.end());
    fail(unknown("name", rest_.substr(0, rest_.find('.')), known));
}

PathReader::Names PathReader::names_of(const std::vector<Version>& versions) {
    Names names;
    for (const Version& version : versions) names.push_back(version.info.name);
    return names;
}
PathReader::Names PathReader::names_of(const std::vector<Master>& masters) {
    Names names;
    for (const Master& master : masters) names.push_back(master.name);
    return names;
}
PathReader::Names PathReader::names_of(const std::vector<Delivery>& deliveries) {
    Names names;
    for (const Delivery& delivery : deliveries) names.push_back(delivery.name);
    return names;
}

}  // namespace lathe
