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

/// Runs a PeakGain over a programme: finds the peaks, asks for the gains, applies them. Frame n stays frame n.
template <class Sample>
class PeakGainRunner {
public:
    PeakGainRunner(PeakGain<Sample>& gain, int channels, Workers& workers);

    /// where: spans of the programme outside of which no peak passes the threshold, in ascending order; nullptr: there
    /// may be any. Appends decided frames to out, and to changed, if given, the spans whose gain is not 1.
    void push(AudioView<const Sample> in, const std::vector<Span>* where, AudioQueue<Sample>& out,
              std::vector<Span>* changed);
    Frames searched() const { return track_.frame() + track_.decided(); }  ///< peaks before this frame are found
    /// The end: all that is still kept.
    void finish(const std::vector<Span>* where, AudioQueue<Sample>& out, std::vector<Span>* changed);

private:
    void run_blocks(AudioQueue<Sample>& out, std::vector<Span>* changed);
    void note_changes(Frames frame, Span counted, std::vector<Span>& changed) const;

    PeakGain<Sample>& gain_;
    PeakTrack<Sample> track_;
    AudioBuffer<Sample> peaks_, gains_;
    Frames received_ = 0, emitted_ = 0;
};

}  // namespace lathe
