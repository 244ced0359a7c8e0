// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/eq_settings.h"

namespace lathe {

Fields EqBand::fields() {
    static constexpr Field list[] = {
        text_field<&EqBand::name>("name", "a name to set the band by"),
        choice_field<&EqBand::type, eq_band_types>("type", "the shape of the band"),
        number_field<&EqBand::hz>("hz", "Hz", 1, 96000,
                                  "centre of a bell, notch or band-pass, corner of a cut, middle of a shelf or tilt"),
        number_field<&EqBand::gain_db>("gain_db", "dB", -48, 48, "boost or cut of a bell, shelf or tilt"),
        number_field<&EqBand::q>("q", "", 0.05, 100, "width: centre over bandwidth"),
        number_field<&EqBand::slope_db_oct>("slope_db_oct", "dB/oct", 6, 96, "steepness of a cut, in steps of 6"),
        choice_field<&EqBand::channel, channel_words>("channel", "the part of a stereo pair it works on"),
        bool_field<&EqBand::bypass>("bypass", "leave the band out"),
    };
    return list;
}

Fields EqSettings::fields() {
    static constexpr Field list[] = {
        choice_field<&EqSettings::phase, eq_phases>("phase",
                                                    "linear delays all frequencies alike, minimum never rings ahead, "
                                                    "mixed rings ahead no louder than pre_ring_db"),
        number_field<&EqSettings::pre_ring_db>(
            "pre_ring_db", "dB", -150, 0,
            "the loudest ringing ahead that mixed phase may have, below the response's peak"),
        tables_field<&EqSettings::bands>("bands", 0, 256, "the bands, in any order"),
    };
    return list;
}

}  // namespace lathe
