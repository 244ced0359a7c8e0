// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace lathe {

/// How the hand likes the window, kept from one run to the next: a word by name. Nothing of an album is in it.
class Preferences {
public:
    /// A file that is missing or cannot be read holds nothing.
    explicit Preferences(std::filesystem::path file);
    /// What was chosen; usual: where nothing was.
    std::string get(const std::string& name, const std::string& usual) const;
    /// Writes the file at once; where that cannot be, the word holds for this run.
    void set(const std::string& name, const std::string& word);

private:
    std::filesystem::path file_;
    std::map<std::string, std::string> words_;
};

}  // namespace lathe
