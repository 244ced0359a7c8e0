// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>
#include <xxhash.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/render/cache.h"
#include "app/render/records.h"

namespace lathe {

/// Keeps numbers in a cache as an entry's payload, and with them a record, to which their checksum is added.
template <class Number>
void keep_values(const Cache& cache, const std::string& key, const std::vector<Number>& values, nlohmann::json record) {
    const FileHandle draft = cache.draft();
    if (!draft) return;
    const std::size_t bytes = values.size() * sizeof(Number);
    if (::pwrite(draft.get(), values.data(), bytes, 0) != static_cast<ssize_t>(bytes)) return;
    record["checksum"] = XXH3_64bits(values.data(), bytes);
    cache.keep(draft, static_cast<std::int64_t>(bytes), key, packed(record));
}

template <class Number>
struct CachedValues {
    std::vector<Number> values;
    nlohmann::json record;
};

/// What was kept so; nothing if there is no such entry, or it is damaged.
template <class Number>
std::optional<CachedValues<Number>> find_values(const Cache& cache, const std::string& key) {
    const std::optional<CacheEntry> entry = cache.find(key);
    if (!entry) return {};
    CachedValues<Number> found{std::vector<Number>(static_cast<std::size_t>(entry->payload_bytes) / sizeof(Number)),
                               unpacked(entry->record)};
    if (!found.record.is_object()) return {};
    const std::size_t bytes = found.values.size() * sizeof(Number);
    if (::pread(entry->file.get(), found.values.data(), bytes, 0) != static_cast<ssize_t>(bytes) ||
        XXH3_64bits(found.values.data(), bytes) != found.record.at("checksum"))
        return {};
    return found;
}

}  // namespace lathe
