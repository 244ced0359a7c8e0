// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/album_file.h"
#include "dsp/measure/resonances.h"

namespace lathe {

/// A band that cuts a resonance: its path in an edit, and what it does.
struct ResonanceCut {
    std::string path;  ///< "eq.bands.2", "track.harbour.chain.rings.bands.823 Hz"
    EqBand band;
};

/// The suggested cut.
EqBand suggested_cut(const Resonance& resonance);

/// Of the song's own chain or the album's, as the song meets them: a band of negative gain within 1 % of a frequency,
/// and not bypassed. Nothing: it is not cut.
std::optional<ResonanceCut> find_cut(const Album& album, const Track& track, double hz);

/// The edits that cut it: a bell more in the first equaliser, of the song's own chain if song_alone is set, else of the
/// album's; where there is none, a new equaliser.
std::vector<Edit> cut_edits(const Album& album, const Track& track, const Resonance& resonance, bool song_alone);

/// The edits that take a cut back: the band goes, and an equaliser of the song's own that has no other band with it.
std::vector<Edit> uncut_edits(const Track& track, const ResonanceCut& cut);

}  // namespace lathe
