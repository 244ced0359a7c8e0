// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/block_grid.h"
#include "dsp/measure/biquad_pair.h"
#include "dsp/measure/hop_grid.h"
#include "dsp/measure/hop_window.h"

namespace lathe {

/// Frequencies from low_hz to high_hz; 0 and infinity: no edge.
struct FrequencyBand {
    double low_hz, high_hz;
};

/// The correlation of two channels within a band, a value a hop, over the 400 ms that end with it (of all there are,
/// until so much has passed); NaN where one is silent. Edges are Linkwitz-Riley's, 24 dB/oct: two equal Butterworth
/// biquads, by the bilinear transform. An edge above 0.45 of the rate is none; a band that would begin there gives NaN.
template <class Sample>
class BandCorrelation {
public:
    BandCorrelation(FrequencyBand band, double rate);
    /// in: two channels or more; the first two are taken. The same bits however the programme is cut.
    void push(AudioView<const Sample> in);
    /// The programme has ended; a last incomplete hop counts.
    void finish();
    const std::vector<float>& curve() const { return curve_; }

private:
    static constexpr Frames block_frames = 1024, piece_frames = 256;  // a piece is filtered in the first cache

    void measure(AudioView<const Sample> in);
    void end_hop();

    std::vector<BiquadPair> edges_;
    bool exists_;
    BlockGrid<Sample> grid_;
    AudioBuffer<double> filtered_;
    HopGrid hops_;
    std::vector<double> sums_;  ///< of this hop: Σ L², Σ R², Σ LR
    HopWindow window_;
    std::vector<float> curve_;
};

}  // namespace lathe
