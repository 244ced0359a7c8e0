// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/script.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <sstream>
#include <thread>
#include <utility>

#include "app/media/atomic_file.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

constexpr std::chrono::seconds patience{120};
/// In so long the window has seen what became of the files.
constexpr std::chrono::milliseconds watch_time{1200};
/// Frames between one line and the next: what a line has changed is on the screen.
constexpr int rest_frames = 3;

/// How many words follow each.
const std::map<std::string, std::size_t> known_words = {
    {"click", 1},  {"right-click", 1}, {"double-click", 1}, {"shift-click", 1}, {"drag", 3},         {"drag-to", 2},
    {"wheel", 2},  {"type", 1},        {"key", 1},          {"drop", 1},        {"wait", 0},         {"hover", 1},
    {"expect", 3}, {"near", 3},        {"screenshot", 1},   {"show", 1},        {"theme", 1},        {"quit", 0},
    {"pause", 1},  {"resize", 2},      {"shift-drag", 3},   {"ctrl-wheel", 2},  {"press", 1},        {"release", 1},
    {"shell", 1},  {"await", 3},       {"seed", 1},         {"alt-drag", 3},    {"lose-graphics", 0}};

/// Words parted by spaces; "quoted ones" are one.
std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    std::string word;
    bool quoted = false, any = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == '#' && !quoted && !any) {
            break;
        } else if (!quoted && (c == ' ' || c == '\t' || c == '\r')) {
            if (any) words.push_back(std::exchange(word, {}));
            any = false;
        } else {
            word += c;
            any = true;
        }
    }
    if (any) words.push_back(word);
    return words;
}

struct Chord {
    int key, modifiers;
};
std::optional<Chord> chord_of(const std::string& text) {
    static const std::map<std::string, int> keys = {
        {"enter", GLFW_KEY_ENTER}, {"escape", GLFW_KEY_ESCAPE}, {"delete", GLFW_KEY_DELETE},
        {"space", GLFW_KEY_SPACE}, {"up", GLFW_KEY_UP},         {"down", GLFW_KEY_DOWN},
        {"left", GLFW_KEY_LEFT},   {"right", GLFW_KEY_RIGHT},   {"tab", GLFW_KEY_TAB},
        {"home", GLFW_KEY_HOME},   {"end", GLFW_KEY_END},       {"backspace", GLFW_KEY_BACKSPACE},
        {"alt", GLFW_KEY_LEFT_ALT}};
    int modifiers = 0;
    std::string rest = text;
    for (const auto& [name, bit] :
         {std::pair{"ctrl+", GLFW_MOD_CONTROL}, {"shift+", GLFW_MOD_SHIFT}, {"alt+", GLFW_MOD_ALT}})
        if (rest.starts_with(name)) {
            modifiers |= bit;
            rest.erase(0, std::string(name).size());
        }
    if (const auto named = keys.find(rest); named != keys.end()) return Chord{named->second, modifiers};
    if (rest.size() == 1) return Chord{std::toupper(static_cast<unsigned char>(rest[0])), modifiers};
    if (rest.size() > 1 && rest[0] == 'f') return Chord{GLFW_KEY_F1 + std::atoi(rest.c_str() + 1) - 1, modifiers};
    return {};
}

float number(const std::string& text) { return std::strtof(text.c_str(), nullptr); }

}  // namespace

Script::Script(const std::filesystem::path& path, Studio& studio, Window& window)
    : path_(path), studio_(studio), window_(window), hand_(window) {
    std::istringstream text(read_text_file(path));
    int number = 0;
    for (std::string line; std::getline(text, line);) {
        ++number;
        std::vector<std::string> words = words_of(line);
        if (words.empty()) continue;
        const auto known = known_words.find(words.front());
        if (known == known_words.end() || words.size() != known->second + 1)
            throw InputError(
                fmt::format("{}:{}: {}; see app/studio/README.md for the words of a script", path.string(), number,
                            known == known_words.end() ? "no word \"" + words.front() + "\""
                                                       : "takes " + std::to_string(known->second) + " more words"));
        lines_.push_back({number, std::move(words)});
    }
}

ImVec2 Script::place(const std::string& name) const {
    const auto at = named_places().places.find(name);
    if (at == named_places().places.end()) throw InputError(fmt::format("nothing is named \"{}\" in the window", name));
    return at->second.centre();
}

const std::string& Script::value(const std::string& name) const {
    place(name);
    return named_places().places.at(name).value;
}

void Script::step() {
    if (!hand_.is_idle()) {
        hand_.act();
        frames_of_rest_ = rest_frames;
        return;
    }
    if (frames_of_rest_ > 0) {
        --frames_of_rest_;
        return;
    }
    try {
        while (at_ < lines_.size() && frames_of_rest_ == 0 && take(lines_[at_])) ++at_;
    } catch (const std::exception& error) {
        failure_ = fmt::format("{}:{}: {}", path_.string(), lines_[at_].number, error.what());
        at_ = lines_.size();
    }
}

/// Whether the line is done with: the next one is for this frame too, unless a hand has moved.
bool Script::take(const Line& line) {
    const std::string& verb = line.words.front();
    if (verb == "expect" || verb == "near") {
        check(line);
        return true;
    }
    if (verb == "wait" || verb == "await") {
        if (!std::exchange(waits_, true)) wait_began_ = Clock::now();
        const bool is_late = Clock::now() - wait_began_ > patience;
        if (!(verb == "wait" ? has_settled(is_late) : is_late || holds(line))) return false;
        if (verb == "await") check(line);
        waits_ = false;
        return true;
    }
    frames_of_rest_ = rest_frames;
    act(line);
    return true;
}

/// A panel asks for what follows in the frame after: the work is at an end when it is for some.
bool Script::has_settled(bool is_late) {
    if (studio_.is_at_work()) {
        if (is_late) throw InputError("the work does not come to an end");
        frames_settled_ = 0;
        return false;
    }
    if (++frames_settled_ < rest_frames) return false;
    frames_settled_ = 0;
    return true;
}

bool Script::holds(const Line& line) const {
    const std::string &found = value(line.words[1]), &relation = line.words[2], &wanted = line.words[3];
    if (relation == "is") return found == wanted;
    if (relation == "has") return found.find(wanted) != std::string::npos;
    if (relation == "not") return found != wanted;
    throw InputError(line.words.front() + " takes is, has or not");
}

void Script::check(const Line& line) const {
    const std::string &name = line.words[1], &relation = line.words[2], &wanted = line.words[3];
    const std::string& found = value(name);
    if (line.words.front() == "near") {
        const auto number_of = [&](const std::string& text) {
            const auto n = typed_quantity(text.substr(0, text.find(' ')), "");
            if (!n) throw InputError(fmt::format("{} shows \"{}\", which is no number", name, text));
            return *n;
        };
        if (!(std::abs(number_of(found) - number_of(relation)) <= number_of(wanted)))
            throw InputError(fmt::format("{} shows {}, not {} within {}", name, found, relation, wanted));
        return;
    }
    if (!holds(line))
        throw InputError(fmt::format("{} shows \"{}\"; expected {} \"{}\"", name, found, relation, wanted));
}

void Script::act(const Line& line) {
    const std::vector<std::string>& w = line.words;
    const std::string& verb = w.front();
    const auto click = [&](int button) {
        const ImVec2 at = place(w[1]);
        hand_.move(at.x, at.y);
        hand_.press(button);
        hand_.release(button);
    };
    const auto drag = [&](ImVec2 to) {
        const ImVec2 from = place(w[1]);
        hand_.move(from.x, from.y);
        hand_.press(0);
        constexpr int steps = 8;
        for (int i = 1; i <= steps; ++i) {
            const float share = static_cast<float>(i) / steps;
            hand_.move(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        }
        hand_.release(0);
    };
    if (verb == "click") {
        click(0);
    } else if (verb == "right-click") {
        click(1);
    } else if (verb == "double-click") {
        const ImVec2 at = place(w[1]);
        hand_.move(at.x, at.y);
        hand_.double_click();
    } else if (verb == "shift-click") {
        hand_.hold(GLFW_MOD_SHIFT);
        click(0);
        hand_.let_go(GLFW_MOD_SHIFT);
    } else if (verb == "hover") {
        const ImVec2 at = place(w[1]);
        hand_.move(at.x, at.y);
    } else if (verb == "drag") {
        const ImVec2 from = place(w[1]);
        drag({from.x + number(w[2]), from.y + number(w[3])});
    } else if (verb == "shift-drag") {
        const ImVec2 from = place(w[1]);
        hand_.hold(GLFW_MOD_SHIFT);
        drag({from.x + number(w[2]), from.y + number(w[3])});
        hand_.let_go(GLFW_MOD_SHIFT);
    } else if (verb == "alt-drag") {
        const ImVec2 from = place(w[1]);
        hand_.hold(GLFW_MOD_ALT);
        drag({from.x + number(w[2]), from.y + number(w[3])});
        hand_.let_go(GLFW_MOD_ALT);
    } else if (verb == "drag-to") {
        drag(place(w[2]));
    } else if (verb == "wheel") {
        const ImVec2 at = place(w[1]);
        hand_.move(at.x, at.y);
        hand_.wheel(number(w[2]));
    } else if (verb == "ctrl-wheel") {
        const ImVec2 at = place(w[1]);
        hand_.move(at.x, at.y);
        hand_.hold(GLFW_MOD_CONTROL);
        hand_.wheel(number(w[2]));
        hand_.let_go(GLFW_MOD_CONTROL);
    } else if (verb == "type") {
        hand_.type(w[1]);
    } else if (verb == "key") {
        const auto chord = chord_of(w[1]);
        if (!chord) throw InputError(fmt::format("no key \"{}\"", w[1]));
        hand_.key(chord->key, chord->modifiers);
    } else if (verb == "press" || verb == "release") {
        const auto chord = chord_of(w[1]);
        if (!chord) throw InputError(fmt::format("no key \"{}\"", w[1]));
        verb == "press" ? hand_.key_down(chord->key) : hand_.key_up(chord->key);
    } else if (verb == "shell") {
        if (std::system(w[1].c_str()) != 0) throw InputError(fmt::format("\"{}\" fails", w[1]));
        std::this_thread::sleep_for(watch_time);
    } else if (verb == "drop") {
        hand_.drop({std::filesystem::absolute(w[1])});
    } else if (verb == "screenshot") {
        window_.take_picture(w[1]);
    } else if (verb == "show") {
        const auto at = std::find(large_view_words.begin(), large_view_words.end(), w[1]);
        if (at == large_view_words.end()) throw InputError(fmt::format("no view \"{}\"", w[1]));
        studio_.large_view = static_cast<LargeView>(at - large_view_words.begin());
    } else if (verb == "theme") {
        window_.set_dark(w[1] == "dark");
    } else if (verb == "pause") {
        frames_of_rest_ = static_cast<int>(number(w[1]));
    } else if (verb == "resize") {
        glfwSetWindowSize(window_.handle(), static_cast<int>(number(w[1])), static_cast<int>(number(w[2])));
    } else if (verb == "lose-graphics") {
        window_.lose_graphics();
    } else if (verb == "seed") {
        studio_.blind_seed = std::stoull(w[1]);
    } else if (verb == "quit") {
        window_.ask_to_close();
    }
}

}  // namespace lathe
