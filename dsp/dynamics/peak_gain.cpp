// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/peak_gain.h"

#include <algorithm>

#include "dsp/measure/inter_sample_peaks.h"
#include "dsp/simd/gain_apply.h"
#include "dsp/simd/isa.h"

namespace lathe {

template <class Sample>
PeakGainRunner<Sample>::PeakGainRunner(PeakGain<Sample>& gain, int channels, Workers& workers)
    : gain_(gain),
      track_(channels, gain.lanes(), gain.lookahead(), workers),
      peaks_(gain.lanes(), gain.block),
      gains_(gain.lanes(), gain.block) {}

template <class Sample>
void PeakGainRunner<Sample>::push(AudioView<const Sample> in, const std::vector<Span>* where, AudioQueue<Sample>& out,
                                  std::vector<Span>* changed) {
    received_ += in.frames;
    track_.append(in);
    track_.search(gain_.threshold(), gain_.window(), where);
    run_blocks(out, changed);
}

template <class Sample>
void PeakGainRunner<Sample>::finish(const std::vector<Span>* where, AudioQueue<Sample>& out,
                                    std::vector<Span>* changed) {
    while (emitted_ < received_) {
        track_.append_silence(gain_.block + peak_reach_behind);
        track_.search(gain_.threshold(), gain_.window(), where);
        run_blocks(out, changed);
    }
}

template <class Sample>
void PeakGainRunner<Sample>::run_blocks(AudioQueue<Sample>& out, std::vector<Span>* changed) {
    for (; track_.decided() >= gain_.block; track_.drop(gain_.block)) {
        const Frames frame = track_.frame() - gain_.lookahead();
        const Span counted{std::clamp<Frames>(-frame, 0, gain_.block),
                           std::clamp<Frames>(received_ - frame, 0, gain_.block)};
        track_.read_peaks(peaks_.view());
        const bool moved = gain_.run(peaks_.view(), counted, gains_.view());
        const Frames count = counted.to - counted.from;
        if (count <= 0) continue;
        const AudioView<const Sample> in = track_.audio(gain_.lookahead(), gain_.block).slice(counted.from, count);
        const AudioView<Sample> to = out.extend(count);
        emitted_ += count;
        if (!moved) {
            copy_audio(in, to);
            continue;
        }
        for (int c = 0; c < in.channels; ++c)
            run_kernel<ApplyGain>(
                static_cast<const Sample*>(gains_.channel(std::min(c, gain_.lanes() - 1)) + counted.from),
                in.channel(c), to.channel(c), static_cast<std::size_t>(count));
        if (changed) note_changes(frame, counted, *changed);
    }
}

// In steps of a peak cell: finer would save no search.
template <class Sample>
void PeakGainRunner<Sample>::note_changes(Frames frame, Span counted, std::vector<Span>& changed) const {
    for (Frames from = counted.from; from < counted.to; from += peak_cell) {
        const Frames to = std::min(from + peak_cell, counted.to);
        bool moved = false;
        for (int lane = 0; lane < gains_.channels(); ++lane)
            for (Frames n = from; n < to; ++n) moved |= gains_.channel(lane)[n] != Sample(1);
        if (!moved) continue;
        if (!changed.empty() && changed.back().to == frame + from)
            changed.back().to = frame + to;
        else
            changed.push_back({frame + from, frame + to});
    }
}

template class PeakGainRunner<float>;
template class PeakGainRunner<double>;

}  // namespace lathe
