// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/shell/named.h"

namespace lathe {

NamedPlaces& named_places() {
    static NamedPlaces places;
    return places;
}

void name_place(const std::string& name, ImVec2 low, ImVec2 high, const std::string& value) {
    named_places().places[name] = {low, high, value};
}

void name_item(const std::string& name, const std::string& value) {
    name_place(name, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), value);
}

}  // namespace lathe
