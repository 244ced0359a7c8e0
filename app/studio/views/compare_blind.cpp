// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/blind_listening.h"
#include "app/studio/views/compare_parts.h"

namespace lathe {
namespace {

using Heard = BlindListening::Heard;

bool large_toggle(const char* name, const std::string& text, bool is_on, const std::string& tip) {
    ImGui::PushFont(font(Type::large));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(24), px(8)});
    const bool clicked = toggle(name, text, is_on, tip, look().text);
    ImGui::PopStyleVar();
    ImGui::PopFont();
    return clicked;
}

void draw_heard(BlindListening& blind) {
    struct Choice {
        const char *name, *text, *tip;
        Heard heard;
    };
    static constexpr Choice choices[] = {{"blind/a", "A", "hear A (A)", Heard::a},
                                         {"blind/b", "B", "hear B (B)", Heard::b},
                                         {"blind/x", "X", "hear X, which is A or B (X)", Heard::x}};
    for (const Choice& choice : choices) {
        if (large_toggle(choice.name, choice.text, blind.heard == choice.heard, choice.tip)) blind.heard = choice.heard;
        ImGui::SameLine(0, px(8));
    }
    ImGui::NewLine();
}

void draw_answers(Studio& studio) {
    if (large_toggle("blind/x-is-a", "X is A", false, "answer, and go on to the next X (1)"))
        answer_blind_test(studio, BlindTest::Side::a);
    ImGui::SameLine(0, px(8));
    if (large_toggle("blind/x-is-b", "X is B", false, "answer, and go on to the next X (2)"))
        answer_blind_test(studio, BlindTest::Side::b);
}

std::string tally_of(const BlindTest& test) {
    return test.trials() == 0 ? "no answer yet" : fmt::format("{} of {} right", test.right(), test.trials());
}

/// What the tally is worth.
std::string verdict_of(const BlindTest& test) {
    constexpr double rare = 0.05;
    if (test.trials() == 0) return "listen, and say what X is; ten trials or more tell something";
    const double percent = 100 * test.chance();
    const std::string number = percent < 1 ? fmt::format("{:.2f}", percent) : fmt::format("{:.0f}", percent);
    return fmt::format("by guessing, so many or more are right in {} % of all tests: {}", number,
                       test.chance() < rare ? "you hear a difference" : "no difference is proven");
}

}  // namespace

void start_blind_test(Studio& studio) {
    studio.blind = BlindListening{
        BlindTest(studio.blind_seed ? BlindTest::seeded_bits(*studio.blind_seed) : BlindTest::random_bits()), Heard::a,
        studio.document->revision(), studio.track};
}

void answer_blind_test(Studio& studio, BlindTest::Side side) {
    const bool is_right = studio.blind->test.answer(side);
    studio.say(is_right ? "right" : "wrong");
}

bool take_blind_key(Studio& studio, int key, bool ends) {
    if (!studio.blind) return false;
    switch (key) {
        case 'A':
            studio.blind->heard = Heard::a;
            return true;
        case 'B':
            studio.blind->heard = Heard::b;
            return true;
        case 'X':
            studio.blind->heard = Heard::x;
            return true;
        case '1':
            answer_blind_test(studio, BlindTest::Side::a);
            return true;
        case '2':
            answer_blind_test(studio, BlindTest::Side::b);
            return true;
        case '3':  // what is heard is told by A, B and X alone
            return true;
        default:
            if (ends) studio.blind.reset();
            return ends;
    }
}

void draw_blind_test(Studio& studio, const Comparison& comparison) {
    BlindListening& blind = *studio.blind;
    if (blind.revision != studio.document->revision() || blind.track != studio.track) {
        studio.say("the blind test has ended: what was compared is no longer the same");
        studio.blind.reset();
        return;
    }
    ImGui::Dummy({0, px(8)});
    ImGui::TextDisabled("A  what is on screen\nB  %s\nX  one of them, another each time", comparison.name.c_str());
    ImGui::Dummy({0, px(8)});
    draw_heard(blind);
    ImGui::Dummy({0, px(8)});
    draw_answers(studio);
    ImGui::Dummy({0, px(8)});
    const std::string tally = tally_of(blind.test);
    ImGui::PushFont(font(Type::large));
    ImGui::TextUnformatted(tally.c_str());
    ImGui::PopFont();
    name_item("blind/tally", tally);
    const std::string verdict = verdict_of(blind.test);
    ImGui::TextDisabled("%s", verdict.c_str());
    name_item("blind/chance", fmt::format("{:.4f}", blind.test.chance()));
    ImGui::Dummy({0, px(8)});
    if (toggle("blind/end", "end the test", false, "back to the curves (Escape)")) studio.blind.reset();
}

}  // namespace lathe
