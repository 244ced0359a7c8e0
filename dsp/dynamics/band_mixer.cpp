// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/band_mixer.h"

#include <algorithm>

#include "dsp/simd/gain_apply.h"
#include "dsp/simd/isa.h"

namespace lathe {

// All detectors hear blocks of one grid, the block for frame n being `lead` frames ahead of it. Silence in front of a
// band makes the lead up to whole blocks, which are heard early.
template <class Sample>
BandMixer<Sample>::BandMixer(std::vector<Band> bands, int history_bands, int channels, bool over_dry, Workers& workers,
                             StageWitness* witness)
    : bands_(std::move(bands)),
      channels_(channels),
      over_dry_(over_dry),
      workers_(workers),
      dry_(channels),
      proof_(witness) {
    for (std::size_t b = 0; b < bands_.size(); ++b) early_ = std::max(early_, (lead(b) + block - 1) / block);
    for (std::size_t b = 0; b < bands_.size(); ++b) {
        inputs_.emplace_back(channels);
        inputs_.back().append_silence(front(b));
        gains_.emplace_back(bands_[b].dynamics.lanes(), turn);
    }
    history_.bands.resize(static_cast<std::size_t>(history_bands));
    left_ = inputs_[0].frames();
}

template <class Sample>
template <class Other>
BandMixer<Sample>::BandMixer(const BandMixer<Other>& other)
    : channels_(other.channels_),
      over_dry_(other.over_dry_),
      workers_(other.workers_),
      early_(other.early_),
      started_(other.started_),
      dry_(other.dry_, StageWitness::window + 2 * early_ * block),
      proof_(nullptr) {
    history_.bands.resize(other.history_.bands.size());
    for (std::size_t b = 0; b < other.bands_.size(); ++b) {
        bands_.push_back({BandDynamics<Sample>(other.bands_[b].dynamics), other.bands_[b].history});
        inputs_.emplace_back(other.inputs_[b], StageWitness::window + 2 * early_ * block + lead(b));
        gains_.emplace_back(bands_[b].dynamics.lanes(), turn);
    }
}

template <class Sample>
void BandMixer<Sample>::run(AudioQueue<Sample>& out) {
    const Frames come = inputs_[0].frames() - left_;
    if constexpr (std::is_same_v<Sample, float>) {
        if (proof_.due(come)) {
            AudioQueue<double> exact(channels_);
            BandMixer<double>(*this).run_waiting(exact);
            const Frames before = out.frames();
            run_waiting(out);
            proof_.compare(exact, out, before);
            left_ = inputs_[0].frames();
            return;
        }
    }
    run_waiting(out);
    left_ = inputs_[0].frames();
}

template <class Sample>
void BandMixer<Sample>::run_waiting(AudioQueue<Sample>& out) {
    if (!started_ && inputs_[0].frames() >= early_ * block + front(0)) run_early();
    while (started_) {
        Frames blocks = turn / block;
        for (std::size_t b = 0; b < bands_.size(); ++b)
            blocks = std::min(blocks, (inputs_[b].frames() - lead(b)) / block);
        if (blocks <= 0) return;
        run_turn(blocks, blocks * block, out);
    }
}

template <class Sample>
void BandMixer<Sample>::finish(AudioQueue<Sample>& out) {
    Frames left = inputs_[0].frames() - (started_ ? 0 : front(0));
    const Frames padded = (left + block - 1) / block * block;
    for (std::size_t b = 0; b < bands_.size(); ++b) inputs_[b].append_silence(padded - left + lead(b));
    if (!started_) run_early();
    while (left > 0) {
        const Frames blocks = std::min(turn, (left + block - 1) / block * block) / block;
        const Frames valid = std::min(left, blocks * block);
        run_turn(blocks, valid, out);
        left -= valid;
    }
}

template <class Sample>
void BandMixer<Sample>::run_early() {
    for (std::size_t b = 0; b < bands_.size(); ++b) {
        for (Frames k = 0; k < early_; ++k)
            bands_[b].dynamics.run(inputs_[b].view().slice(k * block, block), gains_[b].view().slice(0, block),
                                   over_dry_, 0, history_.bands[static_cast<std::size_t>(bands_[b].history)]);
        inputs_[b].drop(front(b));
    }
    started_ = true;
}

template <class Sample>
void BandMixer<Sample>::run_turn(Frames blocks, Frames valid, AudioQueue<Sample>& out) {
    workers_.for_each(static_cast<int>(bands_.size()),
                      [&](int b) { find_gains(static_cast<std::size_t>(b), blocks, valid); });
    const AudioView<Sample> room = out.extend(valid);
    workers_.for_each(static_cast<int>((valid + piece - 1) / piece),
                      [&](int p) { mix(p * piece, std::min(piece, valid - p * piece), room); });
    for (AudioQueue<Sample>& input : inputs_) input.drop(blocks * block);
    if (over_dry_) dry_.drop(valid);
}

template <class Sample>
void BandMixer<Sample>::find_gains(std::size_t band, Frames blocks, Frames valid) {
    std::vector<float>& history = history_.bands[static_cast<std::size_t>(bands_[band].history)];
    for (Frames at = 0; at < blocks * block; at += block)
        bands_[band].dynamics.run(inputs_[band].view().slice(lead(band) + at, block),
                                  gains_[band].view().slice(at, block), over_dry_,
                                  std::clamp(valid - at, Frames(0), block), history);
}

template <class Sample>
void BandMixer<Sample>::mix(Frames from, Frames count, AudioView<Sample> out) {
    const auto n = static_cast<std::size_t>(count);
    for (int c = 0; c < channels_; ++c) {
        Sample* target = out.channel(c) + from;
        const Sample* before = over_dry_ ? std::as_const(dry_).view().channel(c) + from : nullptr;
        for (std::size_t b = 0; b < bands_.size(); ++b, before = target) {
            const Sample* gain = std::as_const(gains_[b]).channel(gains_[b].channels() > 1 ? c : 0) + from;
            const Sample* band = std::as_const(inputs_[b]).view().channel(c) + from;
            if (before)
                run_kernel<AddWithGain>(gain, band, before, target, n);
            else
                run_kernel<ApplyGain>(gain, band, target, n);
        }
    }
}

template class BandMixer<float>;
template class BandMixer<double>;

}  // namespace lathe
