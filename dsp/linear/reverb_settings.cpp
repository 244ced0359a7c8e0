// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/reverb_settings.h"

namespace lathe {

Fields ReverbSettings::fields() {
    static constexpr Field list[] = {
        text_field<&ReverbSettings::ir>(
            "ir",
            "an impulse response: mono, stereo or four channels (true stereo: LL, LR, RL, RR), any rate, up to 60 s"),
        choice_field<&ReverbSettings::preset, room_presets>("preset", "a built-in room in place of ir"),
        number_field<&ReverbSettings::wet_db>("wet_db", "dB", -unbounded, 24,
                                              "level of the reverberation; -inf for none"),
        number_field<&ReverbSettings::dry_db>("dry_db", "dB", -unbounded, 24,
                                              "level of the direct sound; -inf for none"),
        number_field<&ReverbSettings::predelay_ms>("predelay_ms", "ms", 0, 1000,
                                                   "delay of the reverberation behind the direct sound"),
        number_field<&ReverbSettings::low_cut_hz>("low_cut_hz", "Hz", 0, 20000,
                                                  "high-pass of the reverberation, 12 dB/oct; 0 for none"),
        number_field<&ReverbSettings::high_cut_hz>("high_cut_hz", "Hz", 0, 96000,
                                                   "low-pass of the reverberation, 12 dB/oct; 0 for none"),
        number_field<&ReverbSettings::decay_scale>("decay_scale", "", 0.1, 1,
                                                   "shortens the decay: 0.5 halves the reverberation time"),
        bool_field<&ReverbSettings::ir_normalize>(
            "ir_normalize", "scale the response to a mean power gain of 1 over 20 Hz to 20 kHz, as presets are"),
        number_field<&ReverbSettings::tail_s>(
            "tail_s", "s", 0, 120,
            "sound kept after the end; default: until it has fallen 90 dB below the direct sound"),
    };
    return list;
}

}  // namespace lathe
