// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/preferences.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "app/media/atomic_file.h"
#include "dsp/core/error.h"

namespace lathe {

Preferences::Preferences(std::filesystem::path file) : file_(std::move(file)) {
    try {
        const auto read = nlohmann::json::parse(read_text_file(file_), nullptr, false);
        if (!read.is_object()) return;
        for (const auto& [name, word] : read.items())
            if (word.is_string()) words_[name] = word.get<std::string>();
    } catch (const InputError&) {
        return;
    }
}

std::string Preferences::get(const std::string& name, const std::string& usual) const {
    const auto at = words_.find(name);
    return at == words_.end() ? usual : at->second;
}

void Preferences::set(const std::string& name, const std::string& word) {
    words_[name] = word;
    std::error_code ignored;
    std::filesystem::create_directories(file_.parent_path(), ignored);
    try {
        write_text_file(file_, nlohmann::json(words_).dump(2) + "\n");
    } catch (const SystemError&) {
        return;
    }
}

}  // namespace lathe
