// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/render/production.h"
#include "app/render/solve.h"

namespace lathe {

/// What a group of programmes goes through together: solved as one, delivered reel by reel.
template <class Sample>
struct Unit {
    std::vector<GainGroup<Sample>> groups;
    std::vector<MasterJob<Sample>*> versions;  ///< of the groups' tracks
    std::vector<const PlannedStream*> streams;

    Frames frames() const;  ///< of the groups
};

/// A master's units. Album-wide normalisation makes one unit of everything; else every reel is its own, and memory
/// stays small. deliver: leave out those that no stream wants.
template <class Sample>
std::vector<Unit<Sample>> units_of(Production<Sample>& production, const Master& master, bool deliver);

/// The job of the programme that a stream's reel has at that place.
template <class Sample>
MasterJob<Sample>* job_of(Production<Sample>& production, const PlannedStream& stream, std::size_t laid);

/// What a group's gain must suit where it keeps a ceiling: the streams of nothing but its jobs.
template <class Sample>
std::vector<const PlannedStream*> streams_to_suit(Production<Sample>& production, const GainGroup<Sample>& group);

/// The job of the main version of a version's track, for the same master.
template <class Sample>
MasterJob<Sample>& main_job_of(Production<Sample>& production, const MasterJob<Sample>& version);

}  // namespace lathe
