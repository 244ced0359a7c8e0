// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/dynamics_settings.h"

#include <type_traits>

namespace lathe {
namespace {

/// A field of BandSettings reached through a struct derived from it: CompressorSettings begins with its BandSettings.
static_assert(sizeof(CompressorSettings) == sizeof(BandSettings));

constexpr Field band_fields[] = {
    number_field<&BandSettings::threshold_db>("threshold_db", "dB", -120, 24,
                                              "the level at which the gain begins to change"),
    number_field<&BandSettings::ratio>("ratio", "", 1, 1000,
                                       "dB in for one dB out beyond the threshold; 1 does nothing"),
    number_field<&BandSettings::knee_db>("knee_db", "dB", 0, 48, "width of the bend around the threshold"),
    number_field<&BandSettings::attack_ms>("attack_ms", "ms", 0, 2000,
                                           "time in which the gain has fallen 63 % of its way"),
    number_field<&BandSettings::release_ms>("release_ms", "ms", 1, 10000,
                                            "time in which it has come back 63 % of its way"),
    number_field<&BandSettings::makeup_db>("makeup_db", "dB", -48, 48, "level added afterwards"),
    choice_field<&BandSettings::mode, dynamics_modes>(
        "mode", "down turns down what is above the threshold, up turns up what is below"),
    number_field<&BandSettings::range_db>("range_db", "dB", 0, 96,
                                          "the most that the gain may change; default: no limit down, 12 dB up"),
    choice_field<&BandSettings::detector, level_detectors>("detector", "peak, or rms over release_ms"),
    number_field<&BandSettings::link>("link", "", 0, 1, "1: all channels get the gain of the loudest, 0: each its own"),
    number_field<&BandSettings::sidechain_hp_hz>("sidechain_hp_hz", "Hz", 0, 20000,
                                                 "high-pass of what the detector hears, 12 dB/oct; 0 for none"),
    number_field<&BandSettings::lookahead_ms>("lookahead_ms", "ms", 0, 100,
                                              "how far ahead of the sound the gain moves"),
    number_field<&BandSettings::mix>("mix", "", 0, 1, "share of the processed sound"),
    bool_field<&BandSettings::solo>("solo", "hear only the bands that say so"),
    bool_field<&BandSettings::bypass>("bypass", "leave the band's level alone"),
};
constexpr std::size_t compressor_field_count = 12;  // without mix, solo and bypass

}  // namespace

Fields BandSettings::fields() { return band_fields; }

Fields CompressorSettings::fields() { return Fields(band_fields).first(compressor_field_count); }

Fields MultibandSettings::fields() {
    static constexpr Field list[] = {
        number_list_field<&MultibandSettings::crossovers_hz>("crossovers_hz", "Hz", 10, 96000, 1, 7,
                                                             "where the bands meet, ascending"),
        number_field<&MultibandSettings::slope_db_oct>("slope_db_oct", "dB/oct", 12, 96,
                                                       "steepness of the crossovers, in steps of 12"),
        tables_field<&MultibandSettings::bands>("bands", 2, 8, "one more than there are crossovers, lowest first"),
    };
    return list;
}

}  // namespace lathe
