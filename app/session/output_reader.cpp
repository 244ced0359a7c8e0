// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/output_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/session/chain_reader.h"
#include "app/session/overrides.h"
#include "app/session/reserved.h"
#include "app/session/versions.h"

namespace lathe {
namespace {

using Names = std::vector<std::string_view>;

void check_known(std::string_view kind, std::string_view name, const Names& known, int line, const Place& place) {
    if (std::find(known.begin(), known.end(), name) == known.end() && !place.is_draft)
        place.fail(line, unknown(kind, name, known));
}

Master read_master(const toml::table& table, const Album& album, std::size_t number, const Place& album_place) {
    Master master;
    master.line = line_of(table);
    const Place place = album_place.within("[[master]] " + table["name"].value_or(std::to_string(number)));
    read_table(table, {{{Master::fields(), &master}, {MasterTarget::fields(), &master.target}}, {"set"}, {}}, place);
    if (!table.contains("name")) place.fail(master.line, "needs a name, as name = \"vinyl\"");
    check_name("name", master.name, line_of(table, "name"), place);
    if (master.name == "main") place.fail(line_of(table, "name"), "\"main\" is the master that [album] describes");
    resolve_normalize(table, master.target);
    for (const std::string& id : master.skip)
        check_known("processor", id, ids_of(album.chain), line_of(table, "skip"), place);
    if (const toml::table* set = table_of(table, "set", place))
        master.overrides = read_overrides(*set, {album.chain, {}}, place.within(", [master.set]"));
    return master;
}

void check_delivery(const DeliverSettings& settings, const toml::table& table, const Album& album, const Place& place) {
    Names masters, tracks;
    for (const Master& master : album.masters) masters.push_back(master.name);
    for (const Track& track : album.tracks) tracks.push_back(track.id);
    check_known("master", settings.master, masters, line_of(table, "master"), place);
    const std::vector<std::string> versions = version_names(album);
    for (const std::string& version : settings.versions)
        check_known("version", version, Names(versions.begin(), versions.end()), line_of(table, "versions"), place);
    for (const std::string& track : settings.tracks)
        check_known("track", track, tracks, line_of(table, "tracks"), place);
    if (settings.versions.empty()) place.fail(line_of(table, "versions"), "versions must name one, as [\"main\"]");
    if (settings.file.empty()) place.fail(line_of(table, "file"), "file must not be empty");
    const double bits = settings.bits.number;
    if (settings.bits.word.empty() && bits != 16 && bits != 24 && bits != 32)
        place.fail(line_of(table, "bits"), fmt::format("bits must be 16, 24, 32 or \"float\", not {}", bits));
}

std::string default_name(const DeliverSettings& settings) {
    return settings.dir.empty() ? std::string(deliver_formats[static_cast<std::size_t>(settings.format)])
                                : settings.dir;
}

Delivery read_delivery(const toml::table& table, const Album& album, std::size_t number, const Place& album_place) {
    Delivery delivery;
    delivery.line = line_of(table);
    const std::string called = table["name"].value_or(table["dir"].value_or(std::to_string(number)));
    const Place place = album_place.within("[[deliver]] " + called);
    const TableShape shape{
        {{Delivery::fields(), &delivery}, {DeliverSettings::fields(), &delivery.settings}}, {}, reserved_in_deliver};
    read_table(table, shape, place);
    if (table.contains("name")) check_name("name", delivery.name, line_of(table, "name"), place);
    if (delivery.name.empty()) delivery.name = default_name(delivery.settings);
    check_delivery(delivery.settings, table, album, place);
    return delivery;
}

Delivery only_delivery() {
    Delivery delivery;
    delivery.name = "wav";
    delivery.settings.dir = "wav";
    return delivery;
}

}  // namespace

void resolve_normalize(const toml::table& table, MasterTarget& target) {
    if (!table.contains("normalize")) target.normalize = target.loudness_lufs ? Normalize::album : Normalize::off;
}

std::vector<Master> read_masters(std::span<const toml::table* const> tables, const Album& album, const Place& place) {
    std::vector<Master> masters;
    for (const toml::table* table : tables) {
        masters.push_back(read_master(*table, album, masters.size() + 1, place));
        const std::string& name = masters.back().name;
        if (std::count_if(masters.begin(), masters.end(), [&](const Master& m) { return m.name == name; }) > 1)
            place.within("[[master]] " + name)
                .fail(line_of(*table, "name"), fmt::format("two masters are named \"{}\"", name));
    }
    return masters;
}

std::vector<Delivery> read_deliveries(std::span<const toml::table* const> tables, const Album& album,
                                      const Place& place) {
    if (tables.empty()) return {only_delivery()};
    std::vector<Delivery> deliveries;
    for (const toml::table* table : tables) {
        deliveries.push_back(read_delivery(*table, album, deliveries.size() + 1, place));
        const std::string& name = deliveries.back().name;
        if (std::count_if(deliveries.begin(), deliveries.end(), [&](const Delivery& d) { return d.name == name; }) > 1)
            place.within("[[deliver]] " + name)
                .fail(line_of(*table, "name"),
                      fmt::format("two deliverables are named \"{}\"; give one another name = \"…\"", name));
    }
    return deliveries;
}

}  // namespace lathe
