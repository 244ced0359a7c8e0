// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/atomic_file.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstdlib>
#include <vector>

#include "app/media/input_file.h"
#include "app/media/output_file.h"

namespace lathe {

std::filesystem::path temporary_beside(const std::filesystem::path& path) {
    // The hash keeps the name short where the target's is as long as the file system allows.
    const std::string name = path.filename().string();
    const std::string hidden = fmt::format(".lathe-{:016x}-{}{}", XXH3_64bits(name.data(), name.size()), ::getpid(),
                                           path.extension().string().size() < 16 ? path.extension().string() : "");
    return path.parent_path() / hidden;
}

void remove_leftovers(const std::filesystem::path& folder) {
    constexpr std::string_view start = ".lathe-";
    constexpr std::size_t hash_end = start.size() + 16;
    std::vector<std::filesystem::path> left;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(start) || name.size() < hash_end + 2 || name[hash_end] != '-') continue;
        const auto process = static_cast<pid_t>(std::strtol(name.c_str() + hash_end + 1, nullptr, 10));
        if (process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) left.push_back(entry.path());
    }
    for (const std::filesystem::path& path : left) std::filesystem::remove(path, error);
}

void write_text_file(const std::filesystem::path& path, std::string_view text) {
    OutputFile file(path);
    file.write(0, text.data(), text.size());
    file.commit();
}

std::string read_text_file(const std::filesystem::path& path) {
    const InputFile file(path);
    std::string text(static_cast<std::size_t>(file.size()), '\0');
    text.resize(file.read(0, text.data(), text.size()));
    return text;
}

}  // namespace lathe
