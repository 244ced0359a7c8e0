// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/session/album.h"
#include "app/session/overrides.h"

namespace lathe {
namespace {

bool holds_peaks(const ChainSlot& slot) {
    return std::holds_alternative<ClipperSettings>(slot.entry.settings) ||
           std::holds_alternative<LimiterSettings>(slot.entry.settings);
}

/// Where the gain point lies in the album's chain as it is written, bypassed or not: at its marker, else before the
/// clippers and limiters that end the chain (a track marker among them does not count), else at the end.
std::size_t gain_point_of(std::span<const ChainSlot> chain) {
    std::size_t place = chain.size();
    for (std::size_t i = 0; i < chain.size(); ++i)
        if (chain[i].kind == ChainSlot::Kind::gain_point) return i;
    for (std::size_t i = chain.size(); i-- > 0;) {
        if (chain[i].kind == ChainSlot::Kind::track) continue;
        if (!holds_peaks(chain[i])) break;
        place = i;
    }
    return place;
}

}  // namespace

std::filesystem::path resolved_path(const Album& album, const std::string& path) {
    return (album.folder() / path).lexically_normal();
}

ResolvedChain resolve_chain(const Album& album, const Track& track, const Version* version, const Master& master) {
    const ChainPair chains = overridden_chains(album, track, version, master);
    ResolvedChain resolved;
    const auto add = [](const ChainSlot& slot, Chain& to) {
        if (!slot.entry.common.bypass) to.push_back(slot.entry);
    };
    const auto add_own = [&](Chain& to) {
        for (const ChainSlot& slot : chains.own) add(slot, to);
    };

    const std::size_t gain_point = gain_point_of(album.chain);
    const bool has_track_marker = std::any_of(album.chain.begin(), album.chain.end(), [](const ChainSlot& slot) {
        return slot.kind == ChainSlot::Kind::track;
    });
    if (!has_track_marker) add_own(resolved.before_gain_point);
    for (std::size_t i = 0; i < chains.albums.size(); ++i) {
        const ChainSlot& slot = chains.albums[i];
        Chain& part = i < gain_point ? resolved.before_gain_point : resolved.after_gain_point;
        const bool skipped = std::find(master.skip.begin(), master.skip.end(), slot.entry.id) != master.skip.end();
        if (slot.kind == ChainSlot::Kind::track)
            add_own(part);
        else if (slot.kind == ChainSlot::Kind::processor && !skipped)
            add(slot, part);
    }
    return resolved;
}

}  // namespace lathe
