// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/resonance_cut.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/session/overrides.h"

namespace lathe {
namespace {

const EqSettings* equaliser_of(const ChainSlot& slot) {
    return slot.kind == ChainSlot::Kind::processor ? std::get_if<EqSettings>(&slot.entry.settings) : nullptr;
}

const ChainSlot* first_equaliser(const std::vector<ChainSlot>& chain) {
    const auto at = std::find_if(chain.begin(), chain.end(),
                                 [](const ChainSlot& slot) { return equaliser_of(slot) && !slot.entry.common.bypass; });
    return at == chain.end() ? nullptr : &*at;
}

/// Where edits find the entries of the song's own chain.
std::string own_chain(const Track& track) { return "track." + track.id + ".chain"; }

bool cuts(const EqBand& band, double hz) {
    constexpr double nearness = 0.01;
    return band.type == EqBandType::bell && band.gain_db < 0 && !band.bypass && std::abs(band.hz - hz) <= nearness * hz;
}

std::optional<ResonanceCut> find_in(const std::vector<ChainSlot>& chain, const std::string& prefix, double hz) {
    for (const ChainSlot& slot : chain) {
        const EqSettings* const eq = equaliser_of(slot);
        if (!eq || slot.entry.common.bypass) continue;
        for (std::size_t i = 0; i < eq->bands.size(); ++i)
            if (cuts(eq->bands[i], hz))
                return ResonanceCut{prefix + slot.entry.id + ".bands." + std::to_string(i + 1), eq->bands[i]};
    }
    return {};
}

/// "823 Hz", or "823 Hz (2)" where a band of that name is there.
std::string free_name(const EqSettings* eq, double hz) {
    const std::string name = fmt::format("{:.0f} Hz", hz);
    std::string free = name;
    const auto is_taken = [&] {
        return eq &&
               std::any_of(eq->bands.begin(), eq->bands.end(), [&](const EqBand& band) { return band.name == free; });
    };
    for (int number = 2; is_taken(); ++number) free = fmt::format("{} ({})", name, number);
    return free;
}

std::string band_text(const EqBand& band) {
    std::string text = fmt::format("{{ name = \"{}\", type = \"bell\", hz = {:.2f}, gain_db = {:.2f}, q = {:.2f}",
                                   band.name, band.hz, band.gain_db, band.q);
    if (band.channel != Channel::stereo)
        text += fmt::format(", channel = \"{}\"", channel_words[static_cast<std::size_t>(band.channel)]);
    return text + " }";
}

}  // namespace

EqBand suggested_cut(const Resonance& resonance) {
    EqBand band;
    band.hz = resonance.frequency_hz;
    band.gain_db = resonance.cut_db;
    band.q = resonance.q;
    band.channel = resonance.channel;
    return band;
}

std::optional<ResonanceCut> find_cut(const Album& album, const Track& track, double hz) {
    const ChainPair chains = overridden_chains(album, track, nullptr, album.main());
    if (auto own = find_in(chains.own, own_chain(track) + ".", hz)) return own;
    return find_in(chains.albums, "", hz);
}

std::vector<Edit> cut_edits(const Album& album, const Track& track, const Resonance& resonance, bool song_alone) {
    const ChainSlot* const eq = first_equaliser(song_alone ? track.chain : album.chain);
    EqBand band = suggested_cut(resonance);
    band.name = free_name(eq ? equaliser_of(*eq) : nullptr, band.hz);
    const std::string text = band_text(band);
    if (eq) return {Edit::insert((song_alone ? own_chain(track) + "." : "") + eq->entry.id + ".bands", text)};
    if (!song_alone) return {Edit::insert("chain", "{ type = \"eq\", bands = [ " + text + " ] }", 0)};
    return {Edit::insert(own_chain(track), "{ type = \"eq\", phase = \"minimum\", bands = [ " + text + " ] }", 0)};
}

std::vector<Edit> uncut_edits(const Track& track, const ResonanceCut& cut) {
    const std::string own = own_chain(track) + ".";
    if (cut.path.starts_with(own)) {
        for (const ChainSlot& slot : track.chain) {
            const EqSettings* const eq = equaliser_of(slot);
            if (eq && eq->bands.size() == 1 && cut.path.starts_with(own + slot.entry.id + "."))
                return {Edit::remove(own + slot.entry.id)};
        }
    }
    return {Edit::remove(cut.path)};
}

}  // namespace lathe
