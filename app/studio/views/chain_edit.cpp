// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/chain_edit.h"

#include <algorithm>

namespace lathe {

const Master& shown_master(const Studio& studio) {
    const std::vector<Master>& masters = studio.album().masters;
    const auto at =
        std::find_if(masters.begin(), masters.end(), [&](const Master& m) { return m.name == studio.master; });
    return at == masters.end() ? masters.front() : *at;
}

bool has_master(const Album& album, const std::string& name) {
    return std::any_of(album.masters.begin(), album.masters.end(), [&](const Master& m) { return m.name == name; });
}

ChainPair chains_of_song(const Studio& studio) {
    const Track* const track = studio.current_track();
    if (!track) return {studio.album().chain, {}};
    return overridden_chains(studio.album(), *track, studio.current_version(), shown_master(studio));
}

std::vector<ChainSlot> chain_of_song(const Studio& studio) { return chains_of_song(studio).albums; }

namespace {

bool holds(const std::vector<Override>& overrides, const std::string& setting) {
    return std::any_of(overrides.begin(), overrides.end(), [&](const Override& own) { return own.path == setting; });
}

std::string path_of(const Studio& studio, Owner owner, const std::string& setting) {
    const std::string song = "track." + studio.track;
    switch (owner) {
        case Owner::album:
            return setting;
        case Owner::song:
            return song + ".set." + setting;
        case Owner::master:
            return "master." + studio.master + ".set." + setting;
        case Owner::version:
            return song + ".version." + studio.version + ".set." + setting;
    }
    return setting;
}

}  // namespace

Owner owner_of(const Studio& studio, const std::string& setting) {
    const Track* const track = studio.current_track();
    const Version* const version = studio.current_version();
    if (version && holds(version->overrides, setting)) return Owner::version;
    if (holds(shown_master(studio).overrides, setting)) return Owner::master;
    return track && holds(track->overrides, setting) ? Owner::song : Owner::album;
}

std::string edit_path(const Studio& studio, const std::string& setting) {
    return path_of(studio, std::max(studio.edited, owner_of(studio, setting)), setting);
}

std::string band_key(const EqBand& band, std::size_t index) {
    return band.name.empty() ? std::to_string(index + 1) : band.name;
}

void apply(Studio& studio, const Handled& handled, const std::string& setting, const std::string& what) {
    if (handled.value) {
        studio.edit(what, {Edit{edit_path(studio, setting), to_toml(*handled.value)}}, setting);
    } else if (handled.reset) {
        studio.edit("reset " + what, {Edit::unset(path_of(studio, owner_of(studio, setting), setting))});
    }
    if (handled.let_go) studio.document->end_drag();
}

}  // namespace lathe
