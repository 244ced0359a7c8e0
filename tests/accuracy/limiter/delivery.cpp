// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/accuracy/limiter/delivery.h"

#include <cmath>

#include "dsp/dynamics/limiter.h"
#include "tests/support/signals.h"

namespace lathe::test {
namespace {

/// Keeps what is written. 24 bits fit a float.
class Kept final : public PcmOutput {
public:
    explicit Kept(int channels) : queue_(channels) {}
    void write(const PcmBlock& block) override {
        const AudioView<float> room = queue_.extend(block.frames);
        for (int c = 0; c < block.channels; ++c)
            for (Frames n = 0; n < block.frames; ++n)
                room.channel(c)[n] = std::ldexp(static_cast<float>(block.integers[n * block.channels + c]), -31);
    }
    AudioBuffer<float> audio() const {
        AudioBuffer<float> all(queue_.channels(), queue_.frames());
        copy_audio<float>(queue_.view(), all.view());
        return all;
    }

private:
    AudioQueue<float> queue_;
};

}  // namespace

AudioBuffer<float> limited(const AudioBuffer<float>& audio, const LimiterSettings& settings, double ceiling_db,
                           double rate) {
    SerialWorkers workers;
    LimiterStage<float> stage(settings, ceiling_db, 1, rate, audio.channels(), workers);
    return run_stage(stage, audio, 20000);
}

AudioBuffer<float> delivered(const AudioBuffer<float>& audio, double rate, const StreamFormat& format) {
    Kept kept(audio.channels());
    DeliveryStream<float> stream(format, &kept, false);
    stream.begin(rate, audio.channels(), 0, {});
    for (Frames n = 0; n < audio.frames(); n += 20000)
        stream.write(audio.view().slice(n, std::min<Frames>(20000, audio.frames() - n)));
    stream.end();
    stream.finish();
    return kept.audio();
}

StreamFormat stream_format(int bits, double rate, double ceiling_db, DitherKind dither) {
    StreamFormat format;
    format.write.container = Container::wav;
    format.write.format = bits == 16 ? SampleFormat::pcm16 : SampleFormat::pcm24;
    format.write.channels = 2;
    format.write.sample_rate = static_cast<int>(rate);
    format.dither = dither;
    format.seed = 1;
    format.ceiling_dbtp = ceiling_db;
    return format;
}

}  // namespace lathe::test
