// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <map>
#include <string>

namespace lathe {

/// Where on the screen the things of this frame are, by name, for who drives the window by a script: "chain/eq/bypass",
/// "spectrum/band/mud".
struct NamedPlaces {
    struct Place {
        ImVec2 low, high;
        std::string value;  ///< what it shows, in plain signs: "-1.0 dBTP"; empty: nothing
        ImVec2 centre() const { return {(low.x + high.x) / 2, (low.y + high.y) / 2}; }
    };
    std::map<std::string, Place> places;
};
NamedPlaces& named_places();

/// Names the item that was just submitted.
void name_item(const std::string& name, const std::string& value = "");
void name_place(const std::string& name, ImVec2 low, ImVec2 high, const std::string& value = "");

}  // namespace lathe
