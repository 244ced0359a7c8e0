// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/channel.h"
#include "dsp/core/workers.h"
#include "dsp/measure/log_grid.h"

namespace lathe {

/// The pitches at which resonances are looked for: 96 to the octave from 30 Hz to 19.5 kHz.
inline constexpr LogGrid resonance_grid{30, 96, 897};

/// How far a programme's spectrum stands above its surroundings at every pitch, told in several ways that notes and
/// resonances answer differently: a resonance lifts whatever is played, a note only the moments in which it sounds.
///
/// A row is one window length and one percentile, over the frames that are loud enough around that pitch, of the level
/// less the mean level within half an octave to both sides, in dB. Windows have 2^12 … 2^17 points at 44.1 kHz and
/// about the same time at other rates.
struct ResonanceEvidence {
    static constexpr int windows = 6;
    static constexpr int percentiles = 4;                   ///< 5, 20, 50 and 80
    static constexpr int rows = windows * percentiles + 2;  ///< two more: power in cells, 20 and 80, at 2^15 points
    std::vector<float> deviation_db;                        ///< [rows][resonance_grid.count]
    std::vector<float> presence;  ///< [resonance_grid.count]: the share of frames in which there is sound around it
    std::vector<float> part_db;   ///< mean level in dB of a stereo programme's mid, side, left and right:
                                  ///< [4][resonance_grid.count]; none of any other

    const float* row(int index) const { return deviation_db.data() + index * resonance_grid.count; }
    /// part: not stereo.
    const float* part(Channel part) const {
        return part_db.data() + (static_cast<int>(part) - 1) * resonance_grid.count;
    }
};

/// One window length on its way through a programme.
struct EvidenceWindow;

/// Gathers the evidence from a programme whose length is known. Frames of it are taken evenly, some hundreds at most a
/// window length, so memory is bounded however long it is. The same bits however the programme is cut and however many
/// workers there are.
class ResonanceEvidenceMeter {
public:
    /// Programmes shorter than this hold too few frames of the longest window.
    static constexpr double shortest_s = 6;

    /// frames: of the programme. Throws InputError if it is too short.
    ResonanceEvidenceMeter(int channels, double rate, Frames frames, Workers& workers);
    ~ResonanceEvidenceMeter();
    void push(AudioView<const float> audio);
    /// All frames have been pushed.
    ResonanceEvidence finish();

private:
    struct Job {
        int window;
        int frame;
    };
    void take_frames();
    void analyse(const Job& job, int hand);

    Workers& workers_;
    std::vector<EvidenceWindow> windows_;
    struct Scratch;
    std::vector<Scratch> scratch_;
    AudioQueue<float> queue_;
    Frames from_ = 0;  ///< the queue's first frame
};

}  // namespace lathe
