// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <imgui.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/shell/hand.h"
#include "app/studio/views/studio.h"

namespace lathe {

/// A user's actions, one a line, done through mouse and keyboard: see README.md for the words. A line that cannot be
/// done, or a claim that does not hold, ends the script.
class Script {
public:
    /// Throws InputError for a file that is missing, or a word that is not known, with its line.
    Script(const std::filesystem::path& path, Studio& studio, Window& window);

    bool is_done() const { return at_ >= lines_.size() && hand_.is_idle() && frames_of_rest_ == 0; }
    /// Why it ended early: "SCRIPT:LINE: what"; empty: it has not.
    const std::string& failure() const { return failure_; }
    /// Whether it waits for work to end, or for something to be shown.
    bool waits() const { return waits_; }
    /// Before a frame: moves the hand, or begins the next line.
    void step();

private:
    struct Line {
        int number;
        std::vector<std::string> words;
    };
    using Clock = std::chrono::steady_clock;

    bool take(const Line& line);
    bool has_settled(bool is_late);
    void act(const Line& line);
    ImVec2 place(const std::string& name) const;
    const std::string& value(const std::string& name) const;
    bool holds(const Line& line) const;
    void check(const Line& line) const;

    std::filesystem::path path_;
    Studio& studio_;
    Window& window_;
    Hand hand_;
    std::vector<Line> lines_;
    std::size_t at_ = 0;
    bool waits_ = false;
    Clock::time_point wait_began_;
    int frames_of_rest_ = 0, frames_settled_ = 0;
    std::string failure_;
};

}  // namespace lathe
