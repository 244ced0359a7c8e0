// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "app/render/preview.h"
#include "app/session/overrides.h"

/// What the chain's dynamics did to a track, by the processor that did it.
namespace lathe {

/// How far a gain went over a track.
struct GainFigures {
    double furthest_db = 0;   ///< signed: below 0 turned down
    double mean_db = 0;       ///< over what was moved by more than 0.1 dB
    double active_share = 0;  ///< of the time, that
};
GainFigures figures_of(std::span<const float> gains_db);
/// The entry at a time, dB; 0 outside.
double gain_at(std::span<const float> gains_db, double seconds);

/// What one processor did.
struct ProcessorGains {
    const GainHistory* history = nullptr;  ///< of the preview
    std::vector<GainFigures> bands;        ///< as the history has them
    GainFigures all;                       ///< of the bands together, by the furthest of them at each time
};

/// A processor's path in edits: "multiband" of the album's chain, "track.one.chain.multiband" of a track's own.
std::string processor_path(const ChainSlot& slot, const std::string& own_track);

/// The stages of a preview by the processor's path. None for a type where the preview has another number of them than
/// the chain: it is of another state of the album.
std::map<std::string, const StageGains*> stages_of_chain(const ChainPair& chains, const Master& master,
                                                         const std::string& track, std::span<const StageGains> gains);

/// The same with its figures; made anew when the preview or the chain is another one.
class ChainGains {
public:
    void update(const KeptPreview& preview, std::uint64_t revision, const ChainPair& chains, const Master& master);
    /// null: nothing is known of it.
    const ProcessorGains* find(const std::string& path) const;
    const TrackPreview* preview() const { return preview_.get(); }

private:
    KeptPreview preview_;
    std::uint64_t revision_ = 0;
    std::map<std::string, ProcessorGains> processors_;
};

}  // namespace lathe
