// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/workers.h"

namespace lathe {

/// Frames from `from` up to, not including, `to`.
struct Span {
    Frames from, to;
};

/// The largest reconstructed magnitude around each frame n of a programme: of [n − 1, n + 1], on the contract's meter.
/// It begins 64 frames before the programme, in silence, which rings towards its first sample.
template <class Sample>
class PeakTrack {
public:
    static constexpr Frames start = -64;

    /// lanes: 1 for the largest of all channels, or as many as channels for each one's own.
    PeakTrack(int lanes, Workers& workers);
    template <class Other>
    explicit PeakTrack(const PeakTrack<Other>& other)
        : lanes_(other.lanes_), frame_(other.frame_), workers_(other.workers_), peaks_(other.peaks_) {}

    /// Finds the peaks at or above the threshold, as far as the audio reaches; elsewhere a peak is some lower bound of
    /// it. audio: the programme from frame `first` on, at most searched() − peak_reach_before. where: spans in
    /// ascending order outside of which no peak passes the threshold; nullptr: anywhere may be one. window: as in
    /// inter_sample_peaks().
    void search(AudioView<const Sample> audio, Frames first, Sample threshold, Frames window,
                const std::vector<Span>* where);

    Frames frame() const { return frame_; }                 ///< the first whose peak is still held
    Frames decided() const { return peaks_.frames() - 1; }  ///< how many from there on have theirs
    Frames searched() const { return frame_ + decided(); }
    /// peaks: [lanes][count] of frame() on; count <= decided().
    void read_peaks(AudioView<Sample> peaks) const;
    void drop(Frames count);

private:
    template <class Other>
    friend class PeakTrack;
    void search_part(AudioView<const Sample> audio, Frames at, const char* wanted, Sample threshold, Frames window,
                     AudioView<Sample> found) const;

    int lanes_;
    Frames frame_ = start;
    Workers& workers_;
    AudioQueue<Sample> peaks_;  // of the intervals [n, n + 1), from frame_ − 1
};

}  // namespace lathe
