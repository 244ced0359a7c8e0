// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/dynamics/peak_track.h"

namespace lathe {

/// A gain that follows from the peaks around and ahead, block by block.
template <class Sample>
class PeakGain {
public:
    static constexpr Frames block = 512;

    virtual ~PeakGain() = default;
    virtual int lanes() const = 0;         ///< 1: one gain for all channels; else one each
    virtual Frames lookahead() const = 0;  ///< how far behind the peaks its gains are
    virtual Sample threshold() const = 0;  ///< no smaller peak matters
    virtual Frames window() const = 0;     ///< of the peaks, only the maxima over as many frames matter
    /// peaks: [lanes][block], as PeakTrack has them; they may be overwritten. gains: [lanes][block], what the frames
    /// lookahead() before those are multiplied by; of them, those in `counted` belong to the programme.
    /// False, and nothing is written, where every gain is 1.
    virtual bool run(AudioView<Sample> peaks, Span counted, AudioView<Sample> gains) = 0;
};

/// Runs PeakGains over a programme, one behind the other: each finds the peaks of what the one before has left, and
/// multiplies its gains into the frames where they lie. Frame n stays frame n.
template <class Sample>
class PeakGainRow {
public:
    /// Where a gain looks for peaks: all over the programme, or around what the gain before it changed alone.
    enum class Search { everywhere, changes };

    PeakGainRow(int channels, Workers& workers);
    PeakGainRow(const PeakGainRow&) = delete;
    /// Another row as it stands, with other gains: one for each of its own, in their order.
    template <class Other>
    PeakGainRow(const PeakGainRow<Other>& other, const std::vector<PeakGain<Sample>*>& gains)
        : channels_(other.channels_),
          workers_(other.workers_),
          audio_(other.audio_),
          first_(other.first_),
          received_(other.received_),
          emitted_(other.emitted_) {
        for (const auto& place : other.places_) {
            PeakGain<Sample>& gain = *gains.at(places_.size());
            places_.push_back({gain, PeakTrack<Sample>(place.track), AudioBuffer<Sample>(gain.lanes(), gain.block),
                               AudioBuffer<Sample>(gain.lanes(), gain.block), static_cast<Search>(place.search),
                               place.notes, place.changed});
        }
    }
    /// Before the first push. gain: outlives the row.
    void add(PeakGain<Sample>& gain, Search search);

    /// Appends decided frames to out.
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out);
    /// The end: all that is still kept.
    void finish(AudioQueue<Sample>& out);

private:
    template <class Other>
    friend class PeakGainRow;
    struct Place {
        PeakGain<Sample>& gain;
        PeakTrack<Sample> track;
        AudioBuffer<Sample> peaks, gains;  // [lanes][block]
        Search search;
        bool notes;                 // whether the next one needs `changed`
        std::vector<Span> changed;  // by this gain, as far as the next one has not searched there

        Frames decided() const { return track.frame() - gain.lookahead(); }  // frames before this have their gain
    };
    void run(AudioQueue<Sample>& out);
    Frames run_place(Place& place, Frames ready, const std::vector<Span>* where);
    void apply(Place& place, Frames frame, Span counted);

    int channels_;
    Workers& workers_;
    std::vector<Place> places_;
    AudioQueue<Sample> audio_;  // from first_
    Frames first_;
    Frames received_ = 0, emitted_ = 0;
};

}  // namespace lathe
