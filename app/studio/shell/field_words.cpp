// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/field_words.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace lathe {
namespace {

/// Names that say too little, or say it otherwise than engineers do.
constexpr std::pair<std::string_view, std::string_view> other_words[] = {{"hz", "frequency"},
                                                                         {"q", "Q"},
                                                                         {"ir", "response"},
                                                                         {"ir_normalize", "normalize response"},
                                                                         {"sidechain_hp_hz", "sidechain high-pass"},
                                                                         {"preset", "room"},
                                                                         {"pre_ring_db", "pre-ringing"}};

/// How a key of that unit ends: "_db_oct" for dB/oct.
std::string ending_of(std::string_view unit) {
    std::string ending = "_";
    for (const char c : unit) ending += c == '/' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return ending;
}

}  // namespace

std::string spoken(std::string_view word) {
    std::string text(word);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string label_of(const Field& field) {
    for (const auto& [name, label] : other_words)
        if (field.name == name) return std::string(label);
    std::string_view name = field.name;
    if (const std::string ending = ending_of(field.unit); !field.unit.empty() && name.ends_with(ending))
        name.remove_suffix(ending.size());
    return spoken(name);
}

}  // namespace lathe
