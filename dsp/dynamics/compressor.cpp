// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/compressor.h"

namespace lathe {
namespace {
constexpr double whole_sound_edge_hz = 20;

template <class Sample>
std::vector<typename BandMixer<Sample>::Band> one_band(const BandSettings& settings, double rate, int channels,
                                                       double mix) {
    std::vector<typename BandMixer<Sample>::Band> bands;
    bands.push_back({BandDynamics<Sample>(settings, whole_sound_edge_hz, rate, channels, mix), 0});
    return bands;
}
}  // namespace

template <class Sample>
CompressorStage<Sample>::CompressorStage(const CompressorSettings& settings, int channels, double rate, double mix,
                                         Workers& workers, StageWitness* witness)
    : channels_(channels),
      mixer_(one_band<Sample>(settings, rate, channels, mix), 1, channels, false, workers, witness) {}

template <class Sample>
void CompressorStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    mixer_.bands()[0].append(in);
    mixer_.run(out);
}

template class CompressorStage<float>;
template class CompressorStage<double>;

}  // namespace lathe
