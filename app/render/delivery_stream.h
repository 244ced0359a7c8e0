// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/render/pcm_output.h"
#include "dsp/core/audio_queue.h"
#include "dsp/dynamics/ceiling.h"
#include "dsp/engine/engine.h"
#include "dsp/measure/true_peak.h"
#include "dsp/output/quantise.h"
#include "dsp/output/resample.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {

/// How a stream is delivered: the file format, the dither, and the ceiling that the delivered samples must keep.
struct StreamFormat {
    WriteFormat write;
    DitherKind dither = DitherKind::tpdf;
    std::uint64_t seed = 0;  ///< of the dither
    std::optional<double>
        ceiling_dbtp;  ///< held by a limiter at the delivery rate; none: the samples are left as they are
};

/// One reel on its way into one format, from the unquantised master: every programme is resampled whole, laid into the
/// reel's time, held under the ceiling, quantised and handed to the output. output: none to measure only.
template <class Sample>
class DeliveryStream {
public:
    /// measure_peak: keep the true peak of what is handed out, before it is quantised.
    DeliveryStream(const StreamFormat& format, PcmOutput* output, bool measure_peak);
    ~DeliveryStream();

    /// A programme begins at a frame of the reel, counted at the delivery rate; next_at: where its successor in the
    /// reel begins, if it has one. Programmes come in order.
    void begin(double rate, int channels, Frames at, std::optional<Frames> next_at);
    void write(AudioView<const Sample> audio);
    void end();
    /// The reel has ended.
    void finish();

    Frames frames() const { return emitted_; }
    double ceiling_repair_db() const;  ///< at most 0
    /// No value: silence, or not measured.
    std::optional<double> true_peak_dbtp() const;
    double busy_s() const { return busy_s_; }

private:
    void lay(AudioView<const Sample> audio);
    void lay_resampled();
    void release(Frames up_to);
    void hand_on(AudioView<const Sample> audio);
    void emit(AudioView<const Sample> audio);

    StreamFormat format_;
    PcmOutput* output_;
    TbbWorkers workers_;
    std::unique_ptr<Resampler<Sample>> resampler_;
    std::unique_ptr<CeilingStage<Sample>> ceiling_;
    std::optional<Quantiser> quantiser_;
    std::unique_ptr<TruePeakMeter<Sample>> peak_;
    AudioQueue<Sample> resampled_, laid_, held_;
    Frames laid_from_ = 0;  ///< the reel's frame that laid_ begins with
    Frames at_ = 0;         ///< where the programme goes on
    std::optional<Frames> next_at_;
    int channels_in_ = 0;
    Frames emitted_ = 0;
    double busy_s_ = 0;
    std::vector<std::int32_t> integers_;
    std::vector<float> floats_;
};

}  // namespace lathe
