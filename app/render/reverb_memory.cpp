// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/reverb_memory.h"

#include <unistd.h>
#include <xxhash.h>

#include <optional>

#include "app/render/key.h"
#include "app/render/records.h"

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

std::uint64_t checksum(const std::vector<double>& taps) {
    return XXH3_64bits(taps.data(), taps.size() * sizeof(double));
}

void keep(const Cache& cache, const std::string& key, const PreparedReverb& reverb) {
    const FileHandle draft = cache.draft();
    if (!draft) return;
    const std::vector<double> taps = taps_of(reverb.matrix);
    const auto bytes = static_cast<ssize_t>(taps.size() * sizeof(double));
    if (::pwrite(draft.get(), taps.data(), static_cast<std::size_t>(bytes), 0) != bytes) return;
    Json responses = Json::array();
    for (int o = 0; o < reverb.matrix.outputs(); ++o)
        for (int i = 0; i < reverb.matrix.inputs(); ++i)
            responses.push_back({reverb.matrix.at(o, i).taps.size(), reverb.matrix.at(o, i).origin});
    cache.keep(draft, bytes, key,
               packed({{"outputs", reverb.matrix.outputs()},
                       {"inputs", reverb.matrix.inputs()},
                       {"tail", reverb.tail},
                       {"responses", std::move(responses)},
                       {"checksum", checksum(taps)}}));
}

std::optional<PreparedReverb> find(const Cache& cache, const std::string& key) {
    const std::optional<CacheEntry> entry = cache.find(key);
    if (!entry) return {};
    const Json record = unpacked(entry->record);
    if (!record.is_object()) return {};
    std::vector<double> taps(static_cast<std::size_t>(entry->payload_bytes) / sizeof(double));
    const auto bytes = static_cast<ssize_t>(taps.size() * sizeof(double));
    if (::pread(entry->file.get(), taps.data(), static_cast<std::size_t>(bytes), 0) != bytes ||
        checksum(taps) != record.at("checksum"))
        return {};
    PreparedReverb reverb{FirMatrix(record.at("outputs"), record.at("inputs")), record.at("tail")};
    std::size_t response = 0;
    auto from = taps.begin();
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
