// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/chain_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/session/complaint.h"
#include "app/session/reserved.h"

namespace lathe {
namespace {

struct Entry {
    const toml::table* table;
    std::string type;
    std::string id;
    bool is_marker() const { return type == gain_point_type || type == track_type; }
};

void check_type(const toml::table& table, const std::string& type, bool is_albums, const Place& place) {
    const int line = line_of(table, "type");
    std::vector<std::string_view> known = processor_types();
    if (std::find(known.begin(), known.end(), type) != known.end()) return;
    if (std::find(std::begin(reserved_processors), std::end(reserved_processors), type) !=
        std::end(reserved_processors))
        place.fail(line, fmt::format("type = \"{}\" is not available in this version", type));
    const bool is_marker = type == gain_point_type || type == track_type;
    if (is_marker && is_albums) return;
    if (is_marker) place.fail(line, fmt::format("\"{}\" has its place in the album's [[chain]] alone", type));
    if (is_albums) known.insert(known.end(), {gain_point_type, track_type});
    place.fail(line, unknown("type", type, known));
}

std::string text_at(const toml::table& table, std::string_view key, const Place& place) {
    const toml::node* node = table.get(key);
    if (node && !node->is_string()) place.fail(line_of(table, key), fmt::format("{} must be text, in quotes", key));
    return node ? node->value_or(std::string()) : std::string();
}

/// Types and ids first, so that every later message can name the entry by its id.
std::vector<Entry> read_heads(std::span<const toml::table* const> tables, std::string_view header, bool is_albums,
                              const Place& place) {
    std::vector<Entry> entries;
    std::set<std::string> taken;
    for (const toml::table* table : tables) {
        const Place here = place.within(fmt::format("{} {}", header, entries.size() + 1));
        Entry entry{table, text_at(*table, "type", here), text_at(*table, "id", here)};
        if (!table->contains("type")) here.fail(line_of(*table), "needs a type, as type = \"eq\"");
        check_type(*table, entry.type, is_albums, here);
        if (table->contains("id")) {
            check_name("id", entry.id, line_of(*table, "id"), here);
            if (!taken.insert(entry.id).second)
                here.fail(line_of(*table, "id"), fmt::format("two processors have the id \"{}\"", entry.id));
        }
        entries.push_back(std::move(entry));
    }
    for (Entry& entry : entries) {
        if (!entry.id.empty() || entry.is_marker()) continue;
        entry.id = entry.type;
        for (int n = 2; !taken.insert(entry.id).second; ++n) entry.id = fmt::format("{}-{}", entry.type, n);
    }
    return entries;
}

int line_to_blame(const toml::table& table, const Complaint& complaint) {
    if (const toml::array* rows = table[complaint.key].as_array();
        rows && complaint.row && *complaint.row < rows->size())
        return line_of((*rows)[*complaint.row]);
    return line_of(table, complaint.key);
}

ChainSlot read_processor(const Entry& entry, const Place& place) {
    ChainSlot slot{.entry = {entry.id, {}, *make_processor(entry.type)}, .line = line_of(*entry.table)};
    const TableShape shape{{{fields_of(slot.entry.settings), address_of(slot.entry.settings)},
                            {CommonSettings::fields(), &slot.entry.common}},
                           {"type", "id"},
                           reserved_in_chain};
    read_table(*entry.table, shape, place);
    if (const auto complaint = complaint_about(slot.entry.settings); complaint && !place.is_draft)
        place.fail(line_to_blame(*entry.table, *complaint), complaint->why);
    return slot;
}

ChainSlot read_marker(const Entry& entry, const Place& place) {
    ChainSlot slot{.entry = {}, .line = line_of(*entry.table)};
    slot.kind = entry.type == track_type ? ChainSlot::Kind::track : ChainSlot::Kind::gain_point;
    slot.entry.id = entry.id;
    read_table(*entry.table, {{}, {"type", "id", "note"}, {}}, place);
    return slot;
}

}  // namespace

std::vector<ChainSlot> read_chain(std::span<const toml::table* const> tables, std::string_view header, bool is_albums,
                                  const Place& place) {
    std::vector<ChainSlot> chain;
    for (const Entry& entry : read_heads(tables, header, is_albums, place)) {
        const Place here = place.within(fmt::format("{} {}", header, entry.id.empty() ? entry.type : entry.id));
        chain.push_back(entry.is_marker() ? read_marker(entry, here) : read_processor(entry, here));
        const auto of_its_kind = [&](const ChainSlot& slot) { return slot.kind == chain.back().kind; };
        if (entry.is_marker() && std::count_if(chain.begin(), chain.end(), of_its_kind) > 1)
            here.fail(line_of(*entry.table), "may stand in the chain once");
    }
    return chain;
}

std::vector<std::string_view> ids_of(std::span<const ChainSlot> chain) {
    std::vector<std::string_view> ids;
    for (const ChainSlot& slot : chain)
        if (slot.kind == ChainSlot::Kind::processor) ids.push_back(slot.entry.id);
    return ids;
}

ChainEntry* find_entry(std::span<ChainSlot> chain, std::string_view id) {
    for (ChainSlot& slot : chain)
        if (slot.kind == ChainSlot::Kind::processor && slot.entry.id == id) return &slot.entry;
    return nullptr;
}

}  // namespace lathe
