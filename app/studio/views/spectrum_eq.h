// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "app/studio/shell/plot_area.h"
#include "app/studio/views/spectrum_look.h"

/// The equaliser on the spectrum: its curves, and its bands to be taken hold of.
namespace lathe {

/// The equaliser that is edited: the chosen processor, or the chain's first.
struct EditedEq {
    std::string id;
    EqSettings settings;
    CommonSettings common;
};
std::optional<EditedEq> edited_eq(const Studio& studio);

/// What the equaliser does, as it is rendered; until that is known, as it is asked for. gains: the plot in dB.
class EqCurves {
public:
    /// Once a frame: asks for what the responses are.
    void update(Studio& studio, const std::optional<EditedEq>& eq);
    void draw(const PlotArea& gains) const;
    /// How far ahead it rings, in the plot's lower corner.
    void draw_pre_ring(const PlotArea& gains) const;
    /// The sum's, for the part that is looked at; none: there is no equaliser.
    std::optional<double> gain_at(double hz) const;

private:
    void make_own(const EqSettings& eq);

    std::optional<EditedEq> eq_;
    std::string key_;
    bool is_realised_ = false;
    std::vector<double> hz_, db_;  ///< of the sum
    std::vector<double> own_hz_;
    std::vector<std::vector<double>> own_db_;  ///< of each band that does something
    struct Ringing {
        Frames taps = 0;
        double loudest_db = 0, to_60_ms = 0, to_90_ms = 0;
    };
    std::optional<Ringing> ringing_;
};

/// The bands' handles; Alt over one: it is heard alone. True: the pointer is on one of them.
bool handle_bands(Studio& studio, const PlotArea& gains, const EditedEq& eq);

/// A new bell where the pointer is; where there is no equaliser, one with it.
void add_band(Studio& studio, const PlotArea& gains, const std::optional<EditedEq>& eq);

}  // namespace lathe
