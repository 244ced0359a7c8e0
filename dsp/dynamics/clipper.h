// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/core/audio_queue.h"
#include "dsp/core/stage_witness.h"
#include "dsp/core/stream_stage.h"
#include "dsp/core/workers.h"
#include "dsp/dynamics/limiter_settings.h"
#include "dsp/dynamics/oversampler.h"

namespace lathe {

/// The clipper's curve, linear in and out, odd. With the threshold t and the knee's start a = t · 10^(−knee_db/20): up
/// to a the input itself; then |x| − (|x| − a)²/(4 (t − a)), a parabola that leaves with slope 1 and reaches t with
/// slope 0 at 2 t − a; from there on t. A knee of 0 clips hard.
class SoftClip {
public:
    SoftClip(double threshold, double knee_db);
    double start() const { return start_; }
    double operator()(double x) const;
    /// x becomes what the curve takes from it, curve(x) − x: exactly 0 up to the knee's start.
    template <class Sample>
    void to_change(Sample* x, std::size_t count) const;

private:
    double threshold_, start_;
};

/// Clips each channel by itself: in + mix · down(curve(up(in)) − up(in)), with up and down between the rate and
/// `oversample` times it. So what stays below the knee passes bit for bit, and frequencies that clipping makes above
/// half the rate do not fold back. Peaks may rise over the threshold again where those frequencies are gone: the
/// limiter behind it holds the ceiling.
template <class Sample>
class ClipperStage final : public StreamStage<Sample> {
public:
    /// ceiling: the master's, linear; it clips threshold_db above it. Throws BadSetting for an oversample that is none
    /// of 1, 2, 4, 8, 16, 32.
    ClipperStage(const ClipperSettings& settings, double ceiling, double mix, int channels, Workers& workers,
                 StageWitness* witness = nullptr);
    /// Another one as it stands.
    template <class Other>
    explicit ClipperStage(const ClipperStage<Other>& other)
        : curve_(other.curve_),
          oversampler_(other.oversampler_.factor()),
          mix_(static_cast<Sample>(other.mix_)),
          workers_(other.workers_),
          blocks_(other.blocks_.size(), Block(oversampler_, block_frames)),
          waiting_(other.waiting_),
          proof_(nullptr) {}
    int channels_in() const override { return waiting_.channels(); }
    int channels_out() const override { return waiting_.channels(); }
    void push(AudioView<const Sample> in, AudioQueue<Sample>& out) override;
    void finish(AudioQueue<Sample>& out) override;

private:
    template <class Other>
    friend class ClipperStage;
    static constexpr Frames block_frames = 2048;
    using Block = typename Oversampler<Sample>::Block;
    void process_whole_blocks(AudioQueue<Sample>& out);
    void process(const Sample* in, Sample* out, Block& block) const;

    SoftClip curve_;
    Oversampler<Sample> oversampler_;
    Sample mix_;
    Workers& workers_;
    std::vector<Block> blocks_;   ///< one for each part that runs at once
    AudioQueue<Sample> waiting_;  ///< from a margin before the next block on
    TwinProof proof_;
};

}  // namespace lathe
