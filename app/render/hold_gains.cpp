// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/hold_gains.h"

#include <fmt/format.h>

#include "dsp/core/error.h"

namespace lathe {
namespace {

/// Typed gains may lie off the grid that solved ones are on, so all digits are written.
std::string gain_text(double db) {
    std::string text = fmt::format("{:.10f}", db);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text += '0';
    return text == "-0.0" ? "0.0" : text;
}

std::string master_path(const Master& master) { return master.name == "main" ? "album" : "master." + master.name; }

}  // namespace

std::vector<Edit> edits_to_hold(const Album& album, const SolvedGains& solved) {
    std::vector<Edit> edits;
    for (const Master& master : album.masters) {
        const MasterTarget& target = master.target;
        if (target.normalize == Normalize::off) continue;
        if (target.normalize == Normalize::track && album.masters.size() > 1)
            throw InputError(
                fmt::format("{}: master {} solves every track by itself, and the tracks' gain_db would change the "
                            "other masters too; "
                            "solve an album with one master, or use normalize = \"album\"",
                            album.path.string(), master.name));
        for (const SolvedGains::Gain& gain : solved.gains) {
            if (gain.master != master.name) continue;
            if (target.normalize != Normalize::track) {
                edits.push_back({master_path(master) + ".gain_db", gain_text(target.gain_db + gain.solved_db)});
                break;
            }
            for (const Track& track : album.tracks)
                if (track.id == gain.track)
                    edits.push_back(
                        {fmt::format("track.{}.gain_db", track.id), gain_text(track.info.gain_db + gain.solved_db)});
        }
        edits.push_back({master_path(master) + ".normalize", "\"off\""});
    }
    return edits;
}

}  // namespace lathe
