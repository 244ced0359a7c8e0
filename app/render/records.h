// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/render/stage_gains.h"
#include "dsp/core/witness.h"
#include "dsp/measure/loudness_blocks.h"

/// Measurements as the cache keeps them. What is read back is, to the bit, what was written.
namespace lathe {

nlohmann::json record_of(const LoudnessBlocks& loudness);
LoudnessBlocks loudness_from(const nlohmann::json& record);

nlohmann::json record_of(const std::vector<float>& values);
std::vector<float> floats_from(const nlohmann::json& record);

nlohmann::json record_of(const Witness& witness);
/// What was found, into a witness of the same programme.
void include_record(const nlohmann::json& record, Witness& witness);

nlohmann::json record_of(const std::vector<StageGains>& gains);
std::vector<StageGains> gains_from(const nlohmann::json& record);

/// A record as a cache entry's text, and back; of anything else it is null.
std::string packed(const nlohmann::json& record);
nlohmann::json unpacked(std::string_view text);

}  // namespace lathe
