// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/measure/resonance_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "dsp/core/error.h"
#include "dsp/fft/fft.h"
#include "dsp/measure/frame_statistics.h"
#include "dsp/measure/grid_levels.h"
#include "dsp/measure/power_spectrum.h"
#include "dsp/measure/stereo_spectrum.h"

namespace lathe {
namespace {

constexpr Frames piece_frames = 1 << 17;
constexpr int hands = 8;
constexpr std::array<double, ResonanceEvidence::percentiles> shares{0.05, 0.2, 0.5, 0.8};
constexpr std::array<double, 2> power_shares{0.2, 0.8};
constexpr int power_window = 3;  // the one of 2^15 points, which the parts of a stereo programme are read from too

/// Window lengths keep their time, to the next power of two, at any rate.
std::size_t window_size(int window, double rate) {
    return std::size_t{1} << (12 + window + std::lround(std::log2(rate / 44100)));
}

}  // namespace

struct EvidenceWindow {
    PowerSpectrum spectrum;
    GridLevels grid;
    FrameSchedule schedule;
    FrameStatistics mean;
    std::optional<FrameStatistics> power;
    std::vector<StereoSpectrum> parts;  ///< [hand]
    int next = 0;
};

namespace {

std::vector<float> levels_of_parts(const EvidenceWindow& window) {
    StereoSpectrum all(window.spectrum.bins());
    for (const StereoSpectrum& part : window.parts) all.add(part);
    std::vector<float> power(window.spectrum.bins()), db(power.size()), levels;
    for (const Channel part : {Channel::mid, Channel::side, Channel::left, Channel::right}) {
        all.power(part, power);
        for (float& value : power) value /= static_cast<float>(window.schedule.count);
        to_decibels(power, db);
        levels.resize(levels.size() + resonance_grid.count);
        window.grid.mean(db, std::span(levels).last(resonance_grid.count));
    }
    return levels;
}

}  // namespace

struct ResonanceEvidenceMeter::Scratch {
    PowerSpectrum::Scratch transform;
    AlignedVector<float> power, db;
};

ResonanceEvidenceMeter::ResonanceEvidenceMeter(int channels, double rate, Frames frames, Workers& workers)
    : workers_(workers), scratch_(hands), queue_(channels) {
    if (static_cast<double>(frames) < shortest_s * rate)
        throw InputError(fmt::format("{:.2g} s are too short to tell resonances from notes; it takes {:g} s",
                                     static_cast<double>(frames) / rate, shortest_s));
    for (int w = 0; w < ResonanceEvidence::windows; ++w) {
        const std::size_t size = window_size(w, rate);
        const FrameSchedule schedule = frame_schedule(frames, static_cast<Frames>(size));
        windows_.push_back({PowerSpectrum(size),
                            GridLevels(resonance_grid, size, rate),
                            schedule,
                            FrameStatistics(schedule.count, resonance_grid.count),
                            {},
                            {}});
        if (w != power_window) continue;
        windows_.back().power.emplace(schedule.count, resonance_grid.count);
        if (channels == 2) windows_.back().parts.assign(hands, StereoSpectrum(size / 2 + 1));
    }
}

ResonanceEvidenceMeter::~ResonanceEvidenceMeter() = default;

void ResonanceEvidenceMeter::push(AudioView<const float> audio) {
    for (Frames at = 0; at < audio.frames; at += piece_frames) {
        queue_.append(audio.slice(at, std::min(piece_frames, audio.frames - at)));
        take_frames();
    }
}

void ResonanceEvidenceMeter::take_frames() {
    const Frames end = from_ + queue_.frames();
    std::vector<Job> jobs;
    for (int w = ResonanceEvidence::windows - 1; w >= 0; --w) {
        EvidenceWindow& window = windows_[static_cast<std::size_t>(w)];
        while (window.next < window.schedule.count && window.schedule.start(window.next) + window.schedule.size <= end)
            jobs.push_back({w, window.next++});
    }
    // A frame is always the same hand's, however the programme is cut: each adds up what it sees.
    workers_.for_each(hands, [&](int hand) {
        for (const Job& job : jobs)
            if (job.frame % hands == hand) analyse(job, hand);
    });
    Frames needed = end;
    for (const EvidenceWindow& window : windows_)
        if (window.next < window.schedule.count) needed = std::min(needed, window.schedule.start(window.next));
    queue_.drop(std::max<Frames>(0, needed - from_));
    from_ = std::max(from_, needed);
}

void ResonanceEvidenceMeter::analyse(const Job& job, int hand) {
    EvidenceWindow& window = windows_[static_cast<std::size_t>(job.window)];
    Scratch& scratch = scratch_[static_cast<std::size_t>(hand)];
    const Frames size = window.schedule.size;
    scratch.power.resize(static_cast<std::size_t>(size / 2 + 1));
    scratch.db.resize(scratch.power.size());
    const AudioView<const float> audio = std::as_const(queue_).view();
    window.spectrum.sum_of_channels(audio.slice(window.schedule.start(job.frame) - from_, size), scratch.transform,
                                    scratch.power);
    to_decibels(scratch.power, scratch.db);
    window.grid.mean(scratch.db, window.mean.row(job.frame));
    if (window.power) window.grid.power(scratch.power, scratch.db, window.power->row(job.frame));
    if (!window.parts.empty()) window.parts[static_cast<std::size_t>(hand)].add(scratch.transform);
}

ResonanceEvidence ResonanceEvidenceMeter::finish() {
    ResonanceEvidence evidence;
    const int count = resonance_grid.count;
    evidence.deviation_db.resize(static_cast<std::size_t>(ResonanceEvidence::rows * count));
    evidence.presence.resize(static_cast<std::size_t>(count));
    const auto row = [&](int index) { return evidence.deviation_db.data() + index * count; };
    for (int w = 0; w < ResonanceEvidence::windows; ++w) {
        EvidenceWindow& window = windows_[static_cast<std::size_t>(w)];
        const std::span presence = w == power_window ? std::span(evidence.presence) : std::span<float>();
        window.mean.deviations(resonance_grid.per_octave / 2, shares, row(w * ResonanceEvidence::percentiles), presence,
                               workers_);
        if (window.power)
            window.power->deviations(resonance_grid.per_octave / 2, power_shares,
                                     row(ResonanceEvidence::windows * ResonanceEvidence::percentiles), {}, workers_);
        if (!window.parts.empty()) evidence.part_db = levels_of_parts(window);
    }
    return evidence;
}

}  // namespace lathe
