// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/gain_memory.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/render/key.h"
#include "app/render/master_solver.h"
#include "app/render/records.h"

namespace lathe {
namespace {

std::string text_of(const std::optional<double>& value) { return value ? fmt::format("{:.17g}", *value) : "-"; }

}  // namespace

template <class Sample>
std::string GainMemory<Sample>::key(const GainGroup<Sample>& group,
                                    const std::vector<const PlannedStream*>& streams) const {
    const MasterTarget& target = group.front()->master->target;
    std::string text =
        fmt::format("solved gain {} {} {} {} {}", program_key(), static_cast<int>(mono_), text_of(target.loudness_lufs),
                    text_of(target.true_peak_dbtp), static_cast<int>(target.normalize));
    for (const MasterJob<Sample>* job : group) text += fmt::format("\n{} {}", job->master_key(), job->has_limiter());
    if (!MasterSolver<Sample>::keeps_ceiling(group)) return content_hash(text);
    for (const PlannedStream* stream : streams) {
        text += fmt::format("\n{}", stream->format.write.sample_rate);
        for (const LaidProgramme& laid : stream->reel) text += fmt::format(" {}@{}", laid.programme, laid.at);
    }
    return content_hash(text);
}

template <class Sample>
void GainMemory<Sample>::keep(const std::string& key, double solved_gain_db) const {
    cache_.keep(key, packed(nlohmann::json(solved_gain_db)));
}

template <class Sample>
std::optional<double> GainMemory<Sample>::find(const std::string& key) const {
    const std::optional<CacheEntry> entry = cache_.find(key);
    if (!entry) return {};
    const nlohmann::json record = unpacked(entry->record);
    return record.is_number() ? std::optional(record.get<double>()) : std::nullopt;
}

template class GainMemory<float>;
template class GainMemory<double>;

}  // namespace lathe
