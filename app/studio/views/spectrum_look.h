// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>

#include "app/studio/views/studio.h"

/// How the spectra are shown, and the row of controls that says so.
namespace lathe {

enum class SpectrumOver { song, loop, live };
inline constexpr std::array<std::string_view, 3> spectrum_overs{"song", "loop", "live"};
enum class SpectrumSmoothing { off, twenty_fourth, twelfth, sixth, third };
inline constexpr std::array<std::string_view, 5> spectrum_smoothings{"off", "1/24", "1/12", "1/6", "1/3"};
enum class SpectrumSlope { none, three, four_and_a_half };
inline constexpr std::array<std::string_view, 3> spectrum_slopes{"0", "3", "4.5"};
enum class SpectrumLess { nothing, source, reference };
inline constexpr std::array<std::string_view, 3> spectrum_lesses{"nothing", "source", "reference"};

struct SpectrumLook {
    SpectrumOver over = SpectrumOver::song;
    SpectrumPart part = SpectrumPart::sum;
    SpectrumSmoothing smoothing = SpectrumSmoothing::off;
    SpectrumSlope slope = SpectrumSlope::four_and_a_half;
    SpectrumLess less = SpectrumLess::nothing;  ///< what is taken from the master for the difference
    bool shows_source = true, shows_reference = true;
    bool shows_average = true, shows_peak = false, shows_percentiles = true, shows_resonances = true;

    int smoothing_bands() const;  ///< to the octave; 0: none
    double slope_db_oct() const;
};
SpectrumLook& spectrum_look();

/// One row: what is looked at, how, and what is drawn of it.
void draw_spectrum_options(const Studio& studio);

}  // namespace lathe
