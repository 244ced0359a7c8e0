// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/clipper.h"

#include <algorithm>
#include <utility>

#include "dsp/core/decibel.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/oversample.h"

namespace lathe {
namespace {
constexpr int parts_at_once = 16;
}  // namespace

SoftClip::SoftClip(double threshold, double knee_db)
    : threshold_(threshold), start_(threshold * gain_from_db(-knee_db)) {}

double SoftClip::operator()(double x) const {
    double change = x;
    to_change(&change, 1);
    return x + change;
}

template <class Sample>
void SoftClip::to_change(Sample* x, std::size_t count) const {
    run_kernel<SoftClipChange>(static_cast<Sample>(start_), static_cast<Sample>(2 * (threshold_ - start_)), x, count);
}

template <class Sample>
ClipperStage<Sample>::ClipperStage(const ClipperSettings& settings, double ceiling, double mix, int channels,
                                   Workers& workers, StageWitness* witness)
    : curve_(ceiling * gain_from_db(settings.threshold_db), settings.knee_db),
      oversampler_(settings.oversample),
      mix_(static_cast<Sample>(mix)),
      workers_(workers),
      waiting_(channels),
      proof_(witness) {
    blocks_.assign(parts_at_once, Block(oversampler_, block_frames));
    waiting_.append_silence(oversampler_.margin());
}

template <class Sample>
void ClipperStage<Sample>::process(const Sample* in, Sample* out, Block& block) const {
    const Sample* own = in + oversampler_.margin();
    if (!oversampler_.up(in, block, static_cast<Sample>(curve_.start()))) {
        std::copy_n(own, block_frames, out);
        return;
    }
    curve_.to_change(block.raised().data(), block.raised().size());
    oversampler_.down(block, out);
    for (Frames n = 0; n < block_frames; ++n) out[n] = own[n] + mix_ * out[n];
}

template <class Sample>
void ClipperStage<Sample>::process_whole_blocks(AudioQueue<Sample>& out) {
    const Frames count = std::max<Frames>(0, waiting_.frames() - 2 * oversampler_.margin()) / block_frames;
    const AudioView<const Sample> in = std::as_const(waiting_).view();
    const AudioView<Sample> room = out.extend(count * block_frames);
    const Frames parts = count * in.channels;
    for (Frames first = 0; first < parts; first += parts_at_once)
        workers_.for_each(static_cast<int>(std::min<Frames>(parts_at_once, parts - first)), [&](int part) {
            const Frames place = (first + part) / in.channels * block_frames;
            const int channel = static_cast<int>((first + part) % in.channels);
            process(in.channel(channel) + place, room.channel(channel) + place,
                    blocks_[static_cast<std::size_t>(part)]);
        });
    waiting_.drop(count * block_frames);
}

template <class Sample>
void ClipperStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    push_proven(proof_, *this, in, out, [&] {
        waiting_.append(in);
        process_whole_blocks(out);
    });
}

template <class Sample>
void ClipperStage<Sample>::finish(AudioQueue<Sample>& out) {
    const Frames left = waiting_.frames() - oversampler_.margin();
    if (left <= 0) return;
    waiting_.append_silence((left + block_frames - 1) / block_frames * block_frames - left + oversampler_.margin());
    AudioQueue<Sample> last(out.channels());
    process_whole_blocks(last);
    out.append(std::as_const(last).view().slice(0, left));
}

template void SoftClip::to_change(float*, std::size_t) const;
template void SoftClip::to_change(double*, std::size_t) const;
template class ClipperStage<float>;
template class ClipperStage<double>;

}  // namespace lathe
