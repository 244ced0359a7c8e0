// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/shell/plot_area.h"
#include "app/studio/views/spectrum_look.h"

/// The spectra of the three signals as they are drawn.
namespace lathe {

/// A spectrum smoothed and tilted; made anew only when it, or how it is shown, has changed.
class ShapedSpectrum {
public:
    std::vector<double> hz, average_db, peak_db, p10_db, p90_db;  ///< those that the spectrum has
    void update(const std::shared_ptr<const Spectrum>& of, const SpectrumLook& look);
    void clear();
    bool empty() const { return hz.empty(); }
    /// Of the average, between its points; none outside of them.
    std::optional<double> average_at(double at_hz) const;

private:
    std::shared_ptr<const Spectrum> of_;
    SpectrumSmoothing smoothing_{};
    SpectrumSlope slope_{};
};

/// What is drawn of one signal.
struct SignalSpectra {
    ShapedSpectrum still, live;  ///< of the song or the loop; at the playhead, where that is looked at
    bool is_shown = false;
    bool is_true = false;  ///< not of a state that is being replaced
    const ShapedSpectrum& bright() const { return live.empty() ? still : live; }
};

/// A number that the cursor reads: "master", −32.1.
struct SpectrumReading {
    std::string name;
    ImU32 colour;
    double db;
};

class SpectrumTraces {
public:
    /// Once a frame: asks for what is looked at.
    void update(Studio& studio);
    /// levels: the plot in dBFS; gains: the same plot in dB of difference.
    void draw(const PlotArea& levels, const PlotArea& gains) const;
    /// What the drawn traces are at a frequency.
    std::vector<SpectrumReading> readings(double hz) const;

private:
    PerSlot<SignalSpectra> signals_;
    std::string track_;
    std::vector<double> difference_hz_, difference_db_;
    Slot less_ = Slot::source;

    void update_signal(Studio& studio, Slot slot, bool is_shown);
    void update_difference(const Studio& studio);
};

}  // namespace lathe
