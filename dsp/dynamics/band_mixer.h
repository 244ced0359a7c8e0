// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "dsp/core/audio_queue.h"
#include "dsp/core/stage_witness.h"
#include "dsp/core/workers.h"
#include "dsp/dynamics/band_dynamics.h"

namespace lathe {

/// Bands of one programme, each with its own gain, added up: Σ gain · band, or over the whole sound Σ (gain − 1) · band
/// + dry. Bands run beside each other; a sum adds them in their order, so that its bits do not depend on the workers.
template <class Sample>
class BandMixer {
public:
    struct Band {
        BandDynamics<Sample> dynamics;
        int history;  ///< which entry of GainHistory it writes
    };
    /// bands: at least one. history_bands: entries of the history.
    BandMixer(std::vector<Band> bands, int history_bands, int channels, bool over_dry, Workers& workers,
              StageWitness* witness = nullptr);

    std::span<AudioQueue<Sample>> bands() { return inputs_; }  ///< where each band's audio is appended, all alike
    AudioQueue<Sample>& dry() { return dry_; }  ///< and the whole sound, if over_dry: as many frames or more
    /// Appends to out what is decided.
    void run(AudioQueue<Sample>& out);
    /// All has been appended: appends the rest.
    void finish(AudioQueue<Sample>& out);
    const GainHistory& history() const { return history_; }

private:
    template <class Other>
    friend class BandMixer;
    /// Another one as it stands, with enough of what waits in it for a witness's window.
    template <class Other>
    explicit BandMixer(const BandMixer<Other>& other);

    static constexpr Frames block = BandDynamics<Sample>::block;
    static constexpr Frames turn = 8 * block, piece = 4 * block;

    Frames lead(std::size_t band) const { return bands_[band].dynamics.lookahead(); }
    Frames front(std::size_t band) const { return early_ * block - lead(band); }
    void run_waiting(AudioQueue<Sample>& out);
    void run_early();
    void run_turn(Frames blocks, Frames valid, AudioQueue<Sample>& out);
    void find_gains(std::size_t band, Frames blocks, Frames valid);
    void mix(Frames from, Frames count, AudioView<Sample> out);

    std::vector<Band> bands_;
    int channels_;
    bool over_dry_;
    Workers& workers_;
    Frames early_ = 0;  // blocks that the detectors hear before the first gain applies
    bool started_ = false;
    std::vector<AudioQueue<Sample>> inputs_;  // the frames that the next gains are for, and those behind them
    AudioQueue<Sample> dry_;
    std::vector<AudioBuffer<Sample>> gains_;  // [lanes][turn], of the turn in progress
    GainHistory history_;
    Frames left_ = 0;  // frames that waited after the last run
    TwinProof proof_;
};

}  // namespace lathe
