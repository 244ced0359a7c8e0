// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/render_units.h"

#include <algorithm>

namespace lathe {
namespace {

template <class Sample>
bool holds(const Unit<Sample>& unit, const MasterJob<Sample>* job) {
    const auto is_job = [&](const MasterJob<Sample>* other) { return other == job; };
    return std::any_of(unit.groups.begin(), unit.groups.end(),
                       [&](const auto& group) { return std::any_of(group.begin(), group.end(), is_job); }) ||
           std::any_of(unit.versions.begin(), unit.versions.end(), is_job);
}

template <class Sample>
Unit<Sample> unit_of_reel(Production<Sample>& production, const Master& master, const Reel& reel) {
    Unit<Sample> unit;
    std::vector<const Track*> tracks;
    for (const std::size_t i : reel) {
        MasterJob<Sample>& job = production.main_jobs(master)[i];
        unit.groups.push_back({&job});
        for (const ProgrammePart& part : job.programme->parts) tracks.push_back(part.track);
    }
    for (MasterJob<Sample>& job : production.version_jobs(master))
        if (std::find(tracks.begin(), tracks.end(), job.programme->parts.front().track) != tracks.end())
            unit.versions.push_back(&job);
    return unit;
}

}  // namespace

template <class Sample>
Frames Unit<Sample>::frames() const {
    Frames frames = 0;
    for (const auto& group : groups)
        for (const auto* job : group) frames += job->frames_out();
    return frames;
}

template <class Sample>
MasterJob<Sample>* job_of(Production<Sample>& production, const PlannedStream& stream, std::size_t laid) {
    auto& jobs =
        stream.version == main_version ? production.main_jobs(*stream.master) : production.version_jobs(*stream.master);
    return &jobs[stream.reel[laid].programme];
}

template <class Sample>
std::vector<Unit<Sample>> units_of(Production<Sample>& production, const Master& master, bool deliver) {
    std::vector<const PlannedStream*> streams;
    for (const PlannedStream& stream : production.plan().streams)
        if (stream.master == &master) streams.push_back(&stream);
    const Normalize normalize = master.target.normalize;
    if (normalize == Normalize::album || normalize == Normalize::loudest) {
        Unit<Sample> unit;
        unit.groups = gain_groups(production.main_jobs(master));
        for (MasterJob<Sample>& job : production.version_jobs(master)) unit.versions.push_back(&job);
        unit.streams = streams;
        return {std::move(unit)};
    }
    std::vector<Unit<Sample>> units;
    for (const Reel& reel : reels_of(production.main_programmes())) {
        Unit<Sample> unit = unit_of_reel(production, master, reel);
        for (const PlannedStream* stream : streams)
            if (holds<Sample>(unit, job_of(production, *stream, 0))) unit.streams.push_back(stream);
        if (!deliver || !unit.streams.empty()) units.push_back(std::move(unit));
    }
    return units;
}

template <class Sample>
std::vector<const PlannedStream*> streams_to_suit(Production<Sample>& production, const GainGroup<Sample>& group) {
    std::vector<const PlannedStream*> to_suit;
    for (const PlannedStream& stream : production.streams_to_suit()) {
        bool is_own = true;
        for (std::size_t i = 0; i < stream.reel.size(); ++i)
            is_own &= std::find(group.begin(), group.end(), job_of(production, stream, i)) != group.end();
        if (is_own) to_suit.push_back(&stream);
    }
    return to_suit;
}

template <class Sample>
MasterJob<Sample>& main_job_of(Production<Sample>& production, const MasterJob<Sample>& version) {
    const auto has_track = [&](const MasterJob<Sample>& job) {
        const std::vector<ProgrammePart>& parts = job.programme->parts;
        return std::any_of(parts.begin(), parts.end(), [&](const ProgrammePart& part) {
            return part.track == version.programme->parts.front().track;
        });
    };
    std::vector<MasterJob<Sample>>& jobs = production.main_jobs(*version.master);
    return *std::find_if(jobs.begin(), jobs.end(), has_track);
}

template struct Unit<float>;
template struct Unit<double>;
template std::vector<Unit<float>> units_of(Production<float>&, const Master&, bool);
template std::vector<Unit<double>> units_of(Production<double>&, const Master&, bool);
template MasterJob<float>* job_of(Production<float>&, const PlannedStream&, std::size_t);
template MasterJob<double>* job_of(Production<double>&, const PlannedStream&, std::size_t);
template std::vector<const PlannedStream*> streams_to_suit(Production<float>&, const GainGroup<float>&);
template std::vector<const PlannedStream*> streams_to_suit(Production<double>&, const GainGroup<double>&);
template MasterJob<float>& main_job_of(Production<float>&, const MasterJob<float>&);
template MasterJob<double>& main_job_of(Production<double>&, const MasterJob<double>&);

}  // namespace lathe
