// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/peak_gain.h"

#include <algorithm>
#include <utility>

#include "dsp/measure/inter_sample_peaks.h"
#include "dsp/simd/gain_apply.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

// Adds the parts of `counted`, the block's first frame being `frame`, where a gain is not 1. In steps of a peak cell:
// finer would save no search.
template <class Sample>
void note_changes(const AudioBuffer<Sample>& gains, Frames frame, Span counted, std::vector<Span>& changed) {
    for (Frames from = counted.from; from < counted.to; from += peak_cell) {
        const Frames to = std::min(from + peak_cell, counted.to);
        bool moved = false;
        for (int lane = 0; lane < gains.channels(); ++lane)
            for (Frames n = from; n < to; ++n) moved |= gains.channel(lane)[n] != Sample(1);
        if (!moved) continue;
        if (!changed.empty() && changed.back().to == frame + from)
            changed.back().to = frame + to;
        else
            changed.push_back({frame + from, frame + to});
    }
}

}  // namespace

template <class Sample>
PeakGainRow<Sample>::PeakGainRow(int channels, Workers& workers)
    : channels_(channels), workers_(workers), audio_(channels), first_(PeakTrack<Sample>::start - peak_reach_before) {
    audio_.append_silence(-first_);
}

template <class Sample>
void PeakGainRow<Sample>::add(PeakGain<Sample>& gain, Search search) {
    if (search == Search::changes) places_.back().notes = true;
    const int lanes = gain.lanes();
    places_.push_back({gain,
                       PeakTrack<Sample>(lanes, workers_),
                       AudioBuffer<Sample>(lanes, gain.block),
                       AudioBuffer<Sample>(lanes, gain.block),
                       search,
                       false,
                       {}});
}

// In slices that stay in the cache from the first gain to the last.
template <class Sample>
void PeakGainRow<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    constexpr Frames slice = 16384;
    for (Frames n = 0; n < in.frames; n += slice) {
        const Frames count = std::min(slice, in.frames - n);
        audio_.append(in.slice(n, count));
        received_ += count;
        run(out);
    }
}

template <class Sample>
void PeakGainRow<Sample>::finish(AudioQueue<Sample>& out) {
    while (emitted_ < received_) {
        audio_.append_silence(PeakGain<Sample>::block);
        run(out);
    }
}

template <class Sample>
void PeakGainRow<Sample>::run(AudioQueue<Sample>& out) {
    Frames ready = first_ + audio_.frames();
    std::vector<Span>* changed = nullptr;
    for (Place& place : places_) {
        const bool there = place.search == Search::changes;
        ready = run_place(place, ready, there ? changed : nullptr);
        if (there)
            std::erase_if(*changed, [&](const Span& span) { return span.to < place.track.searched() - peak_cell; });
        changed = &place.changed;
    }
    const Frames end = std::min(ready, received_);
    if (end > emitted_) {
        const AudioView<const Sample> held = audio_.view();
        copy_audio(held.slice(emitted_ - first_, end - emitted_), out.extend(end - emitted_));
        emitted_ = end;
    }
    const PeakTrack<Sample>& last = places_.back().track;
    const Frames kept = std::min({ready, emitted_, last.searched() - peak_reach_before});
    if (kept > first_) {
        audio_.drop(kept - first_);
        first_ = kept;
    }
}

// ready: frames before this are as the place shall have them. Returns the same for the next one. A gain waits until the
// search no longer reads the frames that it changes.
template <class Sample>
Frames PeakGainRow<Sample>::run_place(Place& place, Frames ready, const std::vector<Span>* where) {
    PeakGain<Sample>& gain = place.gain;
    PeakTrack<Sample>& track = place.track;
    const AudioView<const Sample> held = audio_.view();
    track.search(held.slice(0, std::max<Frames>(0, ready - first_)), first_, gain.threshold(), gain.window(), where);
    const Frames behind = std::max<Frames>(0, peak_reach_before - gain.lookahead());
    for (; track.decided() >= gain.block + behind; track.drop(gain.block)) {
        const Frames frame = place.decided();
        const Span counted{std::clamp<Frames>(-frame, 0, gain.block),
                           std::clamp<Frames>(received_ - frame, 0, gain.block)};
        track.read_peaks(place.peaks.view());
        if (gain.run(place.peaks.view(), counted, place.gains.view())) apply(place, frame, counted);
    }
    return place.decided();
}

template <class Sample>
void PeakGainRow<Sample>::apply(Place& place, Frames frame, Span counted) {
    const Frames count = counted.to - counted.from;
    if (count <= 0) return;
    const AudioView<Sample> audio = audio_.view().slice(frame + counted.from - first_, count);
    for (int c = 0; c < channels_; ++c) {
        const Sample* gains = std::as_const(place.gains).channel(std::min(c, place.gains.channels() - 1));
        run_kernel<ApplyGain>(gains + counted.from, static_cast<const Sample*>(audio.channel(c)), audio.channel(c),
                              static_cast<std::size_t>(count));
    }
    if (place.notes) note_changes(place.gains, frame, counted, place.changed);
}

template class PeakGainRow<float>;
template class PeakGainRow<double>;

}  // namespace lathe
