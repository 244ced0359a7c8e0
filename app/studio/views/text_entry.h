// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <array>
#include <optional>
#include <string>

namespace lathe {

/// A line to type in that floats above the panels: Enter takes it, Escape or a click elsewhere leaves it. Scripts know
/// it as "entry".
class TextEntry {
public:
    /// of: what is being typed, for the one that opened it.
    void begin(std::string of, const std::string& text);
    bool is_for(const std::string& of) const { return !of_.empty() && of_ == of; }
    /// Once a frame while it is open. what: said before the line. Returns what was typed, once, when it is taken.
    std::optional<std::string> draw(ImVec2 at, float width_points, const char* what);

private:
    std::string of_;
    std::array<char, 512> text_{};
    bool begins_ = false;
};

}  // namespace lathe
