// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/media/atomic_file.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

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
