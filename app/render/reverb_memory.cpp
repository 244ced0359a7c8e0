// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/reverb_memory.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "app/render/cached_values.h"
#include "app/render/key.h"

namespace lathe {
namespace {

using Json = nlohmann::json;

/// The taps of all responses, one behind the other.
std::vector<double> taps_of(const FirMatrix& matrix) {
    std::vector<double> taps;
    for (int o = 0; o < matrix.outputs(); ++o)
        for (int i = 0; i < matrix.inputs(); ++i)
            taps.insert(taps.end(), matrix.at(o, i).taps.begin(), matrix.at(o, i).taps.end());
    return taps;
}

void keep(const Cache& cache, const std::string& key, const PreparedReverb& reverb) {
    Json responses = Json::array();
    for (int o = 0; o < reverb.matrix.outputs(); ++o)
        for (int i = 0; i < reverb.matrix.inputs(); ++i)
            responses.push_back({reverb.matrix.at(o, i).taps.size(), reverb.matrix.at(o, i).origin});
    keep_values(cache, key, taps_of(reverb.matrix),
                {{"outputs", reverb.matrix.outputs()},
                 {"inputs", reverb.matrix.inputs()},
                 {"tail", reverb.tail},
                 {"responses", std::move(responses)}});
}

std::optional<PreparedReverb> find(const Cache& cache, const std::string& key) {
    const auto found = find_values<double>(cache, key);
    if (!found) return {};
    const Json& record = found->record;
    PreparedReverb reverb{FirMatrix(record.at("outputs"), record.at("inputs")), record.at("tail")};
    std::size_t response = 0;
    auto from = found->values.begin();
    for (int o = 0; o < reverb.matrix.outputs(); ++o)
        for (int i = 0; i < reverb.matrix.inputs(); ++i) {
            const Json& shape = record.at("responses").at(response++);
            const auto to = from + shape.at(0).get<std::ptrdiff_t>();
            reverb.matrix.at(o, i) = {std::vector<double>(from, to), shape.at(1)};
            from = to;
        }
    return reverb;
}

}  // namespace

PreparedReverb remembered_reverb(const Cache& cache, const std::string& settings,
                                 const std::function<PreparedReverb()>& make) {
    if (!cache.is_on()) return make();
    const std::string key = content_hash("reverb " + program_key() + " " + settings);
    if (std::optional<PreparedReverb> known = find(cache, key)) return std::move(*known);
    PreparedReverb made = make();
    keep(cache, key, made);
    return made;
}

}  // namespace lathe
