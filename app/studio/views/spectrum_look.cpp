// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/spectrum_look.h"

#include <fmt/format.h>
#include <imgui.h>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"

namespace lathe {
namespace {

constexpr Field over_field = choice_field<&SpectrumLook::over, spectrum_overs>(
    "over", "what the spectra are of: the whole song, the loop, or a third of a second at the playhead");
constexpr Field part_field = choice_field<&SpectrumLook::part, spectrum_parts>(
    "part", "which part of the pair: the power of both channels, left, right, mid or side");
constexpr Field smoothing_field = choice_field<&SpectrumLook::smoothing, spectrum_smoothings>(
    "smoothing", "each point shows the mean power of so much of an octave");
constexpr Field slope_field = choice_field<&SpectrumLook::slope, spectrum_slopes>(
    "slope", "tilts the picture about 1 kHz by so many dB an octave: 3 makes pink noise level, 4.5 most music");
constexpr Field less_field = choice_field<&SpectrumLook::less, spectrum_lesses>(
    "less", "the difference: the master less this, each as loud as it is heard");

void choice(const char* name, const Field& field, float width, const std::string& shown) {
    const SpectrumLook usual;
    choose(name, field, &spectrum_look(), &usual, px(width), shown);
    ImGui::SameLine(0, px(4));
}

void part_of_row(const char* name, const char* text, bool& is_on, const std::string& tip, unsigned colour = 0) {
    flip(name, text, is_on, tip, colour);
    ImGui::SameLine(0, px(4));
}

template <class Words, class Word>
std::string word_of(const Words& words, Word word) {
    return std::string(words[static_cast<std::size_t>(word)]);
}

}  // namespace

int SpectrumLook::smoothing_bands() const {
    constexpr std::array bands{0, 24, 12, 6, 3};
    return bands[static_cast<std::size_t>(smoothing)];
}

double SpectrumLook::slope_db_oct() const {
    constexpr std::array slopes{0.0, 3.0, 4.5};
    return slopes[static_cast<std::size_t>(slope)];
}

SpectrumLook& spectrum_look() {
    static SpectrumLook look;
    return look;
}

void draw_spectrum_options(const Studio& studio) {
    SpectrumLook& shown = spectrum_look();
    choice("spectrum/over", over_field, 64, word_of(spectrum_overs, shown.over));
    choice("spectrum/part", part_field, 64, word_of(spectrum_parts, shown.part));
    choice("spectrum/smoothing", smoothing_field, 84,
           shown.smoothing_bands() == 0 ? "unsmoothed" : word_of(spectrum_smoothings, shown.smoothing) + " oct");
    choice("spectrum/slope", slope_field, 92, word_of(spectrum_slopes, shown.slope) + " dB/oct");
    choice("spectrum/difference", less_field, 100,
           shown.less == SpectrumLess::nothing ? "no difference" : "less " + word_of(spectrum_lesses, shown.less));
    ImGui::SameLine(0, px(12));
    part_of_row("spectrum/source", "source", shown.shows_source, "show the source's spectrum too", look().source);
    if (studio.current_reference())
        part_of_row("spectrum/reference", "ref", shown.shows_reference, "show the reference's spectrum too",
                    look().reference);
    part_of_row("spectrum/average", "avg", shown.shows_average, "the mean of the power over time");
    part_of_row("spectrum/peak", "peak", shown.shows_peak, "the highest level that each frequency reached");
    part_of_row("spectrum/percentiles", "10\u201390\u2009%", shown.shows_percentiles,
                "shade between the levels that 10 and 90 % of the time do not pass");
    part_of_row("spectrum/resonances", "rings", shown.shows_resonances, "mark what rings, whatever is played");
    ImGui::NewLine();
}

}  // namespace lathe
