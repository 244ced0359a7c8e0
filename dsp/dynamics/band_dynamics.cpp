// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/band_dynamics.h"

#include <cmath>

#include "dsp/core/decibel.h"
#include "dsp/simd/isa.h"
#include "dsp/simd/levels.h"

namespace lathe {

template <class Sample>
BandDynamics<Sample>::BandDynamics(const BandSettings& settings, double edge_hz, double rate, int channels, double mix)
    : settings_(settings),
      mix_(settings.bypass ? 0 : settings.mix * mix),
      moves_(mix_ > 0 && !GainComputer(settings).idle()),
      lanes_(settings.link < 1 ? channels : 1),
      lookahead_(moves_ ? std::llround(settings.lookahead_ms * rate / 1000) : 0),
      computer_(settings),
      detector_(settings, edge_hz, rate, channels, settings.link == 1, block),
      smoothers_(static_cast<std::size_t>(lanes_), GainSmoother<Sample>(settings, rate, block)),
      levels_(lanes_ + 1, block),
      changes_(static_cast<std::size_t>(lanes_)),
      recorder_(rate) {}

template <class Sample>
bool BandDynamics<Sample>::is_unity() const {
    return mix_ == 0 || (!moves_ && settings_.makeup_db == 0);
}

template <class Sample>
void BandDynamics<Sample>::run(AudioView<const Sample> heard, AudioView<Sample> gains, bool over_dry, Frames valid,
                               std::vector<float>& history) {
    const double offset = over_dry ? 0 : 1;
    if (!moves_) {
        const double gain = offset + mix_ * (gain_from_db(settings_.makeup_db) - 1);
        for (int lane = 0; lane < lanes_; ++lane) std::fill_n(gains.channel(lane), block, static_cast<Sample>(gain));
        return;
    }
    find_changes(heard);
    const double octaves_per_db = std::log2(10.0) / 20;
    const FactorCoefficients factor{
        .octaves_per_db = settings_.mode == DynamicsMode::up ? octaves_per_db : -octaves_per_db,
        .makeup_octaves = settings_.makeup_db * octaves_per_db,
        .mix = mix_,
        .offset = offset};
    for (int lane = 0; lane < lanes_; ++lane) {
        const auto k = static_cast<std::size_t>(lane);
        changes_[k] = smoothers_[k].run();
        run_kernel<GainFactor>(factor, changes_[k], gains.channel(lane), static_cast<std::size_t>(block));
    }
    record(valid, history);
}

// Into each smoother's target: link · (change at the loudest channel's level) + (1 − link) · (change at its own).
template <class Sample>
void BandDynamics<Sample>::find_changes(AudioView<const Sample> heard) {
    const auto n = static_cast<std::size_t>(block);
    detector_.run(heard, levels_.view());
    Sample* loudest = levels_.channel(lanes_);
    const bool blended = lanes_ > 1 && settings_.link > 0;
    if (blended) {
        std::copy_n(levels_.channel(0), block, loudest);
        for (int lane = 1; lane < lanes_; ++lane)
            run_kernel<LargerOf>(static_cast<const Sample*>(levels_.channel(lane)), static_cast<const Sample*>(loudest),
                                 loudest, n);
        computer_.run<Sample>(loudest, loudest, n);
    }
    const auto shared = static_cast<Sample>(settings_.link), own = static_cast<Sample>(1 - settings_.link);
    for (int lane = 0; lane < lanes_; ++lane) {
        Sample* target = smoothers_[static_cast<std::size_t>(lane)].target();
        computer_.run<Sample>(levels_.channel(lane), target, n);
        for (std::size_t i = 0; blended && i < n; ++i) target[i] = shared * loudest[i] + own * target[i];
    }
}

template <class Sample>
void BandDynamics<Sample>::record(Frames valid, std::vector<float>& history) {
    const float sign = settings_.mode == DynamicsMode::up ? 1.0f : -1.0f;
    for (Frames at = 0; at < valid;) {
        const Frames count = std::min(valid - at, recorder_.next_end() - recorded_);
        Sample furthest = 0;
        for (const Sample* change : changes_)
            furthest = std::max(furthest, run_kernel<Largest>(change + at, static_cast<std::size_t>(count)));
        at += count;
        recorded_ += count;
        recorder_.record(sign * static_cast<float>(furthest), recorded_, history);
    }
}

template class BandDynamics<float>;
template class BandDynamics<double>;

}  // namespace lathe
