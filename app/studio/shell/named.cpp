// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/named.h"

#include <string_view>
#include <utility>

namespace lathe {

NamedPlaces& named_places() {
    static NamedPlaces places;
    return places;
}

namespace {

std::string plain(std::string text) {
    for (const auto& [sign, with] : {std::pair{"\u2009", " "}, {"\u2212", "-"}, {"\u221e", "inf"}})
        for (std::size_t at; (at = text.find(sign)) != std::string::npos;)
            text.replace(at, std::string_view(sign).size(), with);
    return text;
}

}  // namespace

void name_place(const std::string& name, ImVec2 low, ImVec2 high, const std::string& value) {
    named_places().places[name] = {low, high, plain(value)};
}

void name_item(const std::string& name, const std::string& value) {
    name_place(name, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), value);
}

}  // namespace lathe
