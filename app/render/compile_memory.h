// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/render/source_file.h"

namespace lathe {

struct CompiledChain;
struct LinearRun;
struct PreparedReverb;

/// What compiling one album again and again need not do twice in one process: files read, as long as they do not
/// change, and chains compiled, the last of them. Threads may share it.
class CompileMemory {
public:
    /// What the file held when it was last looked at, if it has not changed since.
    std::shared_ptr<const SourceFile> source(const std::filesystem::path& path);
    void keep(const std::filesystem::path& path, std::shared_ptr<const SourceFile> file);
    std::shared_ptr<const ResponseFile> response(const std::filesystem::path& path);
    void keep(const std::filesystem::path& path, std::shared_ptr<const ResponseFile> file);
    std::shared_ptr<const CompiledChain> chain(const std::string& key);
    void keep(const std::string& key, std::shared_ptr<const CompiledChain> chain);
    std::shared_ptr<const LinearRun> linear_run(const std::string& key);
    void keep(const std::string& key, std::shared_ptr<const LinearRun> run);
    std::shared_ptr<const PreparedReverb> reverb(const std::string& key);
    void keep(const std::string& key, std::shared_ptr<const PreparedReverb> reverb);

private:
    /// Things by key, of which the last used stay.
    template <class Thing>
    struct LastUsed {
        std::size_t most;
        struct Entry {
            std::shared_ptr<const Thing> thing;
            std::uint64_t used = 0;
        };
        std::map<std::string, Entry> entries{};
        std::uint64_t uses = 0;

        std::shared_ptr<const Thing> find(const std::string& key);
        void keep(const std::string& key, std::shared_ptr<const Thing> thing);
    };
    std::mutex mutex_;
    std::map<std::filesystem::path, std::shared_ptr<const SourceFile>> sources_;
    std::map<std::filesystem::path, std::shared_ptr<const ResponseFile>> responses_;
    LastUsed<CompiledChain> chains_{64};
    LastUsed<LinearRun> linear_runs_{16};
    LastUsed<PreparedReverb> reverbs_{8};
};

}  // namespace lathe
