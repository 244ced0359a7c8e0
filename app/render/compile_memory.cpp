// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compile_memory.h"

#include <algorithm>
#include <utility>

namespace lathe {
namespace {

template <class Known>
const typename Known::mapped_type* find_unchanged(const Known& known, const std::filesystem::path& path) {
    const auto at = known.find(path);
    return at != known.end() && at->second.state == state_of(path) ? &at->second : nullptr;
}

}  // namespace

std::optional<SourceFile> CompileMemory::source(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    const auto* const known = find_unchanged(sources_, path);
    return known ? std::optional(known->file) : std::nullopt;
}
void CompileMemory::keep(const std::filesystem::path& path, const FileState& state, SourceFile file) {
    const std::lock_guard lock(mutex_);
    sources_[path] = {state, std::move(file)};
}

std::shared_ptr<const ResponseFile> CompileMemory::response(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    const auto* const known = find_unchanged(responses_, path);
    return known ? known->file : nullptr;
}
void CompileMemory::keep(const std::filesystem::path& path, const FileState& state,
                         std::shared_ptr<const ResponseFile> file) {
    const std::lock_guard lock(mutex_);
    responses_[path] = {state, std::move(file)};
}

std::shared_ptr<const CompiledChain> CompileMemory::chain(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto known = chains_.find(key);
    if (known == chains_.end()) return nullptr;
    known->second.used = ++uses_;
    return known->second.chain;
}
void CompileMemory::keep(const std::string& key, std::shared_ptr<const CompiledChain> chain) {
    const std::lock_guard lock(mutex_);
    chains_[key] = {std::move(chain), ++uses_};
    if (chains_.size() <= most_chains) return;
    chains_.erase(std::min_element(chains_.begin(), chains_.end(),
                                   [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
}

}  // namespace lathe
