// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/channel.h"

namespace lathe {

/// A finite impulse response: taps[origin] is its value at time zero, taps before it come early (a linear-phase filter
/// has its centre there). No taps: silence.
struct Fir {
    std::vector<double> taps;
    Frames origin = 0;

    bool empty() const { return taps.empty(); }
    Frames ahead() const { return origin; }  ///< frames it must read ahead
    Frames behind() const { return empty() ? 0 : static_cast<Frames>(taps.size()) - 1 - origin; }
};

Fir unit_fir(double gain = 1);  ///< one tap at time zero
Fir sum(Fir a, Fir b);          ///< a + b, time zeros aligned
Fir scaled(Fir a, double gain);
Fir convolved(Fir a, const Fir& b);  ///< a ∗ b, by FFT in double where that is shorter

/// Linear mixing of channels through filters: out[o] = Σ_i fir(o, i) ∗ in[i]. An empty response passes nothing.
class FirMatrix {
public:
    FirMatrix() = default;
    FirMatrix(int outputs, int inputs)
        : outputs_(outputs), inputs_(inputs), firs_(static_cast<std::size_t>(outputs * inputs)) {}

    int outputs() const { return outputs_; }
    int inputs() const { return inputs_; }
    Fir& at(int output, int input) { return firs_[static_cast<std::size_t>(output * inputs_ + input)]; }
    const Fir& at(int output, int input) const { return firs_[static_cast<std::size_t>(output * inputs_ + input)]; }

    Frames ahead() const;   ///< the most that any response reads ahead
    Frames behind() const;  ///< the most that any response rings on
    bool is_identity() const;

private:
    int outputs_ = 0, inputs_ = 0;
    std::vector<Fir> firs_;
};

FirMatrix same_on_all(const Fir& fir, int channels);  ///< fir on the diagonal
FirMatrix identity_matrix(int channels);
FirMatrix then(FirMatrix first, const FirMatrix& second);  ///< second ∘ first
FirMatrix sum(FirMatrix a, FirMatrix b);
FirMatrix scaled(FirMatrix a, double gain);
/// fir on the named part of a stereo pair and nothing done to the rest; on all channels for Channel::stereo.
/// Throws BadSetting for another part where channels is not 2.
FirMatrix on_channel(const Fir& fir, Channel channel, int channels);
/// in + mix · (processed − in).
FirMatrix mixed(const FirMatrix& processed, double mix);
/// The processor working on the named part alone, of channels → channels; for Channel::stereo the matrix itself.
FirMatrix restricted(const FirMatrix& matrix, Channel channel);

}  // namespace lathe
