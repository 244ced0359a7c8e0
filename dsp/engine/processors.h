// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "dsp/core/channel.h"
#include "dsp/dynamics/dynamics_settings.h"
#include "dsp/dynamics/limiter_settings.h"
#include "dsp/linear/eq_settings.h"
#include "dsp/linear/gain_settings.h"
#include "dsp/linear/reverb_settings.h"
#include "dsp/stereo/stereo_settings.h"

namespace lathe {

/// Every processor there is. A new one is a settings struct, a stage, and a word in this line.
using ProcessorSettings = std::variant<GainSettings, EqSettings, MultibandSettings, CompressorSettings, ReverbSettings,
                                       StereoSettings, ClipperSettings, LimiterSettings>;

/// What every processor of a chain has beside its own settings.
struct CommonSettings {
    bool bypass = false;
    double mix = 1;
    Channel channel = Channel::stereo;
    std::string note;

    static Fields fields();
};

/// One entry of a chain: a processor with its settings. The chain is data; render compiles it to a plan.
struct ChainEntry {
    std::string id;
    CommonSettings common;
    ProcessorSettings settings;
};
using Chain = std::vector<ChainEntry>;

std::string_view type_of(const ProcessorSettings& settings);
Fields fields_of(const ProcessorSettings& settings);
void* address_of(ProcessorSettings& settings);  ///< of the struct that the fields belong to
const void* address_of(const ProcessorSettings& settings);

/// The processor of that type with its defaults, or none.
std::vector<std::string_view> processor_types();
std::optional<ProcessorSettings> make_processor(std::string_view type);

}  // namespace lathe
