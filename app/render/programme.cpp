// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/programme.h"

#include <fmt/format.h>

#include "app/session/versions.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

std::string place(const Album& album, int line) { return fmt::format("{}:{}", album.path.string(), line); }

ProgrammePart part_of(const Album& album, const SourceLibrary& library, const Track& track, const Version* version) {
    ProgrammePart part;
    part.track = &track;
    part.version = version;
    const Track cut = version ? as_version(track, version->info.name) : track;
    part.source = cut.source;
    const SourceFile& file = library.source(part.source);
    part.source_state = file.state;
    const AudioInfo& info = file.info;
    const Frames from = cut.info.start.frame_at(info.sample_rate);
    const Frames to = cut.info.end ? cut.info.end->frame_at(info.sample_rate) : info.frames;
    const int line = version ? version->line : track.line;
    if (to > info.frames)
        throw InputError(fmt::format(
            "{}: track {}: end lies at {:.3f} s, behind the {:.3f} s that {} lasts; leave it out for the whole file",
            place(album, line), track.id, static_cast<double>(to) / info.sample_rate, info.duration_s(),
            part.source.filename().string()));
    if (from >= to)
        throw InputError(fmt::format("{}: track {}: nothing is left between start ({:.3f} s) and end ({:.3f} s)",
                                     place(album, line), track.id, static_cast<double>(from) / info.sample_rate,
                                     static_cast<double>(to) / info.sample_rate));
    part.source_from = from;
    part.frames = to - from;
    const double fades_ms = track.info.fade_in_ms + track.info.fade_out_ms;
    if (fades_ms > 1000.0 * static_cast<double>(part.frames) / info.sample_rate + 1e-6)
        throw InputError(fmt::format("{}: track {}: its fades last {:.0f} ms, longer than the track; shorten them",
                                     place(album, line), track.id, fades_ms));
    return part;
}

/// Whether the track goes on where the one before stopped, in the same file, with nothing in between.
bool touches(const ProgrammePart& before, const ProgrammePart& next) {
    return before.source == next.source && before.source_from + before.frames == next.source_from &&
           next.track->info.gap_s == 0 && before.track->info.fade_out_ms == 0 && next.track->info.fade_in_ms == 0;
}

void join(const Album& album, const SourceLibrary& library, Programme& programme, ProgrammePart part) {
    const AudioInfo& info = library.source(part.source).info;
    if (info.sample_rate != programme.rate || info.channels != programme.channels)
        throw InputError(fmt::format(
            "{}: track {} is joined to the one before (segue) but has {} Hz and {} channel(s), not {} Hz and {}; "
            "convert it, or set segue = false",
            place(album, part.track->line), part.track->id, info.sample_rate, info.channels, programme.rate,
            programme.channels));
    if (part.track->info.gap_s != 0)
        throw InputError(fmt::format("{}: track {} has both segue and gap_s; leave one of them out",
                                     place(album, part.track->line), part.track->id));
    part.at = programme.frames;
    programme.is_coded |= info.is_coded;
    programme.frames += part.frames;
    programme.parts.push_back(std::move(part));
}

Programme alone(const SourceLibrary& library, ProgrammePart part) {
    const AudioInfo& info = library.source(part.source).info;
    Programme programme;
    programme.rate = info.sample_rate;
    programme.channels = info.channels;
    programme.is_coded = info.is_coded;
    programme.frames = part.frames;
    programme.gap_before_s = part.track->info.gap_s;
    programme.parts.push_back(std::move(part));
    return programme;
}

}  // namespace

const std::string& Programme::version_name() const {
    return parts.front().version ? parts.front().version->info.name : main_version;
}

std::string Programme::title() const {
    return parts.size() == 1 ? parts.front().track->id : parts.front().track->id + "…" + parts.back().track->id;
}

std::string Programme::title_with_version() const {
    return version_name() == main_version ? title() : fmt::format("{} ({})", title(), version_name());
}

std::string said_of(const std::string& version, const std::string& message) {
    return version == main_version ? message : fmt::format("version {}: {}", version, message);
}

std::vector<Programme> main_programmes(const Album& album, const SourceLibrary& library) {
    std::vector<Programme> programmes;
    for (const Track& track : album.tracks) {
        ProgrammePart part = part_of(album, library, track, nullptr);
        const bool joined = !programmes.empty() && (track.info.segue || touches(programmes.back().parts.back(), part));
        if (joined)
            join(album, library, programmes.back(), std::move(part));
        else
            programmes.push_back(alone(library, std::move(part)));
    }
    if (!programmes.empty()) programmes.front().gap_before_s = 0;
    return programmes;
}

std::vector<Programme> version_programmes(const Album& album, const SourceLibrary& library) {
    std::vector<Programme> programmes;
    for (const Track& track : album.tracks)
        for (const Version& version : track.versions) {
            programmes.push_back(alone(library, part_of(album, library, track, &version)));
            programmes.back().gap_before_s = 0;
        }
    return programmes;
}

std::vector<Reel> reels_of(const std::vector<Programme>& programmes) {
    std::vector<Reel> reels;
    for (std::size_t i = 0; i < programmes.size(); ++i) {
        if (i > 0 && programmes[i].gap_before_s < 0)
            reels.back().push_back(i);
        else
            reels.push_back({i});
    }
    return reels;
}

}  // namespace lathe
