// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compile_memory.h"

#include <algorithm>
#include <utility>

namespace lathe {
namespace {

template <class Files>
typename Files::mapped_type find_unchanged(const Files& known, const std::filesystem::path& path) {
    const auto at = known.find(path);
    return at != known.end() && at->second->state == state_of(path) ? at->second : nullptr;
}

}  // namespace

std::shared_ptr<const SourceFile> CompileMemory::source(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    return find_unchanged(sources_, path);
}
void CompileMemory::keep(const std::filesystem::path& path, std::shared_ptr<const SourceFile> file) {
    const std::lock_guard lock(mutex_);
    sources_[path] = std::move(file);
}

std::shared_ptr<const ResponseFile> CompileMemory::response(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    return find_unchanged(responses_, path);
}
void CompileMemory::keep(const std::filesystem::path& path, std::shared_ptr<const ResponseFile> file) {
    const std::lock_guard lock(mutex_);
    responses_[path] = std::move(file);
}

template <class Thing>
std::shared_ptr<const Thing> CompileMemory::LastUsed<Thing>::find(const std::string& key) {
    const auto known = entries.find(key);
    if (known == entries.end()) return nullptr;
    known->second.used = ++uses;
    return known->second.thing;
}

template <class Thing>
void CompileMemory::LastUsed<Thing>::keep(const std::string& key, std::shared_ptr<const Thing> thing) {
    entries[key] = {std::move(thing), ++uses};
    if (entries.size() <= most) return;
    entries.erase(std::min_element(entries.begin(), entries.end(),
                                   [](const auto& a, const auto& b) { return a.second.used < b.second.used; }));
}

std::shared_ptr<const CompiledChain> CompileMemory::chain(const std::string& key) {
    const std::lock_guard lock(mutex_);
    return chains_.find(key);
}
void CompileMemory::keep(const std::string& key, std::shared_ptr<const CompiledChain> chain) {
    const std::lock_guard lock(mutex_);
    chains_.keep(key, std::move(chain));
}

std::shared_ptr<const LinearRun> CompileMemory::linear_run(const std::string& key) {
    const std::lock_guard lock(mutex_);
    return linear_runs_.find(key);
}
void CompileMemory::keep(const std::string& key, std::shared_ptr<const LinearRun> run) {
    const std::lock_guard lock(mutex_);
    linear_runs_.keep(key, std::move(run));
}

std::shared_ptr<const PreparedReverb> CompileMemory::reverb(const std::string& key) {
    const std::lock_guard lock(mutex_);
    return reverbs_.find(key);
}
void CompileMemory::keep(const std::string& key, std::shared_ptr<const PreparedReverb> reverb) {
    const std::lock_guard lock(mutex_);
    reverbs_.keep(key, std::move(reverb));
}

}  // namespace lathe
