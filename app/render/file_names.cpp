// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/file_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "dsp/core/error.h"
#include "dsp/core/field.h"

namespace lathe {
namespace {

/// The longest name that every file system takes, less room for an extension and a temporary name's additions.
constexpr std::size_t longest_name = 200;

std::string padded(int number, std::string_view format, std::string_view pattern) {
    std::size_t width = 0;
    const auto [end, error] = std::from_chars(format.data(), format.data() + format.size(), width);
    if (error != std::errc{} || end != format.data() + format.size() || width > 9)
        throw InputError(fmt::format(
            "file = \"{}\": \"{{number:{}}}\" is not understood; write {{number}} or {{number:02}}", pattern, format));
    return fmt::format("{:0{}}", number, width);
}

std::string word_value(std::string_view word, std::string_view pattern, const TemplateWords& words, int number) {
    if (word == "number") return std::to_string(number);
    if (word.substr(0, 7) == "number:") return padded(number, word.substr(7), pattern);
    if (const auto known = words.find(word); known != words.end()) return safe_file_name(known->second);
    std::vector<std::string_view> names{"number"};
    for (const auto& [name, value] : words) names.push_back(name);
    const std::string near = nearest_name(word, names);
    throw InputError(fmt::format("file = \"{}\": unknown word {{{}}}{} ({})", pattern, word,
                                 near.empty() ? "" : fmt::format("; did you mean {{{}}}?", near),
                                 fmt::join(names, ", ")));
}

}  // namespace

std::string safe_file_name(std::string_view name) {
    std::string safe(name);
    for (char& c : safe)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
            std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos)
            c = '_';
    const auto first = safe.find_first_not_of(' ');
    if (first == std::string::npos) return "";
    safe = safe.substr(first, safe.find_last_not_of(" .") + 1 - first);
    if (!safe.empty() && safe.front() == '.') safe.front() = '_';
    return safe;
}

std::string file_name_from(std::string_view pattern, const TemplateWords& words, int number) {
    std::string name;
    for (std::size_t i = 0; i < pattern.size();) {
        const std::size_t open = std::min(pattern.find_first_of("{}", i), pattern.size());
        name += pattern.substr(i, open - i);
        if (open == pattern.size()) break;
        const std::size_t close = pattern.find('}', open);
        if (pattern[open] == '}' || close == std::string_view::npos)
            throw InputError(fmt::format("file = \"{}\": a brace stands alone; words are written {{title}}", pattern));
        name += word_value(pattern.substr(open + 1, close - open - 1), pattern, words, number);
        i = close + 1;
    }
    name = safe_file_name(name);
    if (name.empty()) throw InputError(fmt::format("file = \"{}\" gives an empty name for track {}", pattern, number));
    if (name.size() > longest_name) {
        std::size_t cut = longest_name;
        while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xC0) == 0x80)
            --cut;  // not inside a UTF-8 character
        name = safe_file_name(name.substr(0, cut));
    }
    return name;
}

}  // namespace lathe
