// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/records.h"

#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

namespace lathe {

using Json = nlohmann::json;

Json record_of(const LoudnessBlocks& loudness) {
    return {{"steps", loudness.steps},
            {"momentary_max_power", loudness.momentary_max_power},
            {"short_term_max_power", loudness.short_term_max_power}};
}

LoudnessBlocks loudness_from(const Json& record) {
    return {record.at("steps").get<std::vector<double>>(), record.at("momentary_max_power").get<double>(),
            record.at("short_term_max_power").get<double>()};
}

Json record_of(const std::vector<float>& values) {
    std::vector<std::uint8_t> bytes(values.size() * sizeof(float));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return Json::binary(std::move(bytes));
}

std::vector<float> floats_from(const Json& record) {
    const std::vector<std::uint8_t>& bytes = record.get_binary();
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

Json record_of(const Witness& witness) {
    Json stages = Json::array();
    for (const StageWitness& stage : witness.stages()) {
        Json parts = Json::array();
        for (const Residual& part : stage.parts()) parts.push_back({part.sum(), part.peak(), part.count()});
        stages.push_back({{"name", stage.name()}, {"power", stage.power()}, {"parts", std::move(parts)}});
    }
    return stages;
}

void include_record(const Json& record, Witness& witness) {
    for (const Json& stage : record) {
        std::deque<Residual> parts;
        for (const Json& part : stage.at("parts"))
            parts.emplace_back(part.at(0).get<double>(), part.at(1).get<double>(), part.at(2).get<std::int64_t>());
        witness.add_stage({stage.at("name").get<std::string>(), stage.at("power").get<double>(), std::move(parts)});
    }
}

Json record_of(const std::vector<StageGains>& gains) {
    Json stages = Json::array();
    for (const StageGains& stage : gains) {
        Json bands = Json::array();
        for (const std::vector<float>& band : stage.history.bands) bands.push_back(record_of(band));
        stages.push_back({{"stage", stage.stage}, {"bands", std::move(bands)}});
    }
    return stages;
}

std::vector<StageGains> gains_from(const Json& record) {
    std::vector<StageGains> gains;
    for (const Json& stage : record) {
        gains.push_back({stage.at("stage").get<std::string>(), {}});
        for (const Json& band : stage.at("bands")) gains.back().history.bands.push_back(floats_from(band));
    }
    return gains;
}

std::string packed(const Json& record) {
    std::string text;
    Json::to_cbor(record, text);
    return text;
}

Json unpacked(std::string_view text) {
    Json record = Json::from_cbor(text.begin(), text.end(), true, false);
    return record.is_discarded() ? Json() : record;
}

}  // namespace lathe
