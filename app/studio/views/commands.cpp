// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/commands.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>

#include "app/studio/views/note_flags.h"
#include "app/studio/views/resonances.h"

namespace lathe {
namespace {

void zoom(Studio& studio, double factor) {
    const double duration = studio.track_duration_s();
    if (duration <= 0) return;
    const TimeSpan now = studio.shown.value_or(TimeSpan{0, duration});
    const double length = std::clamp(now.length() * factor, 0.001, duration);
    const double from = std::clamp(studio.playhead_s - length / 2, 0.0, duration - length);
    studio.shown = TimeSpan{from, from + length};
}

void snapshot(Studio& studio, std::size_t i) {
    if (!studio.is_open()) return;
    if (studio.document->has_snapshot(i))
        studio.recall_snapshot(i);
    else
        studio.take_snapshot(i);
}

constexpr int control = GLFW_MOD_CONTROL, shift = GLFW_MOD_SHIFT;

constexpr Command table[] = {
    {"listen", "play, pause", {{{GLFW_KEY_SPACE}}}, [](Studio& s, Window&) { s.play_or_pause(); }},
    {"listen", "hear the source", {{{GLFW_KEY_1}}}, [](Studio& s, Window&) { s.monitoring.slot = Slot::source; }},
    {"listen", "hear the master", {{{GLFW_KEY_2}}}, [](Studio& s, Window&) { s.monitoring.slot = Slot::master; }},
    {"listen", "hear the reference", {{{GLFW_KEY_3}}}, [](Studio& s, Window&) { s.monitoring.slot = Slot::reference; }},
    {"listen",
     "hear them equally loud",
     {{{GLFW_KEY_M}}},
     [](Studio& s, Window&) { s.monitoring.is_matched = !s.monitoring.is_matched; }},
    {"listen",
     "hear what the master changes: delta",
     {{{GLFW_KEY_D}}},
     [](Studio& s, Window&) { s.monitoring.is_delta = !s.monitoring.is_delta; }},
    {"listen",
     "hear the chosen resonance alone, or all again",
     {{{GLFW_KEY_S}}},
     [](Studio& s, Window&) { toggle_solo(s); }},
    {"listen", "5 s back", {{{GLFW_KEY_LEFT}}}, [](Studio& s, Window&) { s.place_playhead(s.playhead_s - 5); }},
    {"listen", "5 s forward", {{{GLFW_KEY_RIGHT}}}, [](Studio& s, Window&) { s.place_playhead(s.playhead_s + 5); }},
    {"listen",
     "half a second back",
     {{{GLFW_KEY_LEFT, shift}}},
     [](Studio& s, Window&) { s.place_playhead(s.playhead_s - 0.5); }},
    {"listen",
     "half a second forward",
     {{{GLFW_KEY_RIGHT, shift}}},
     [](Studio& s, Window&) { s.place_playhead(s.playhead_s + 0.5); }},
    {"listen",
     "to the loop's beginning, or the song's",
     {{{GLFW_KEY_HOME}}},
     [](Studio& s, Window&) { s.place_playhead(s.loop ? s.loop->from_s : 0); }},
    {"listen", "to the note before", {{{GLFW_KEY_COMMA}}}, [](Studio& s, Window&) { step_note(s, -1); }},
    {"listen", "to the next note", {{{GLFW_KEY_PERIOD}}}, [](Studio& s, Window&) { step_note(s, 1); }},

    {"look", "the song before", {{{GLFW_KEY_UP}}}, [](Studio& s, Window&) { s.step_track(-1); }},
    {"look", "the next song", {{{GLFW_KEY_DOWN}}}, [](Studio& s, Window&) { s.step_track(1); }},
    {"look", "spectrum", {{{GLFW_KEY_F1}}}, [](Studio& s, Window&) { s.large_view = LargeView::spectrum; }},
    {"look", "spectrogram", {{{GLFW_KEY_F2}}}, [](Studio& s, Window&) { s.large_view = LargeView::spectrogram; }},
    {"look", "resonances", {{{GLFW_KEY_F3}}}, [](Studio& s, Window&) { s.large_view = LargeView::resonances; }},
    {"look", "compare", {{{GLFW_KEY_F4}}}, [](Studio& s, Window&) { s.large_view = LargeView::compare; }},
    {"look", "deliver", {{{GLFW_KEY_F5}}}, [](Studio& s, Window&) { s.large_view = LargeView::deliver; }},
    {"look", "zoom in", {{{GLFW_KEY_EQUAL}, {GLFW_KEY_KP_ADD}}}, [](Studio& s, Window&) { zoom(s, 0.5); }},
    {"look", "zoom out", {{{GLFW_KEY_MINUS}, {GLFW_KEY_KP_SUBTRACT}}}, [](Studio& s, Window&) { zoom(s, 2); }},
    {"look", "all of the song", {{{GLFW_KEY_F}}}, [](Studio& s, Window&) { s.shown.reset(); }},
    {"look", "the next resonance", {{{GLFW_KEY_N}}}, [](Studio& s, Window&) { step_resonance(s, 1); }},
    {"look", "the resonance before", {{{GLFW_KEY_N, shift}}}, [](Studio& s, Window&) { step_resonance(s, -1); }},
    {"look", "dark or light", {{{GLFW_KEY_T}}}, [](Studio&, Window& w) { w.set_dark(!w.is_dark()); }},

    {"edit", "undo", {{{GLFW_KEY_Z, control}}}, [](Studio& s, Window&) { s.undo(); }},
    {"edit", "redo", {{{GLFW_KEY_Z, control | shift}, {GLFW_KEY_Y, control}}}, [](Studio& s, Window&) { s.redo(); }},
    {"edit",
     "cut the chosen resonance, or take its cut back",
     {{{GLFW_KEY_ENTER}}},
     [](Studio& s, Window&) {
         if (s.large_view == LargeView::resonances) toggle_chosen_cut(s);
     }},
    {"edit", "write a note where the playhead is", {{{GLFW_KEY_M, shift}}}, [](Studio& s, Window&) { begin_note(s); }},
    {"edit", "snapshot A", {{{GLFW_KEY_1, control}}}, [](Studio& s, Window&) { snapshot(s, 0); }},
    {"edit", "snapshot B", {{{GLFW_KEY_2, control}}}, [](Studio& s, Window&) { snapshot(s, 1); }},
    {"edit", "snapshot C", {{{GLFW_KEY_3, control}}}, [](Studio& s, Window&) { snapshot(s, 2); }},
    {"edit", "snapshot D", {{{GLFW_KEY_4, control}}}, [](Studio& s, Window&) { snapshot(s, 3); }},

    {"album", "save the album", {{{GLFW_KEY_S, control}}}, [](Studio& s, Window&) { s.save(); }},
    {"album",
     "find a command, a song, an album",
     {{{GLFW_KEY_K, control}, {GLFW_KEY_P, control}}},
     [](Studio& s, Window&) { s.shows_palette = !s.shows_palette; }},
    {"album", "this page", {{{GLFW_KEY_SLASH, shift}}}, [](Studio& s, Window&) { s.shows_help = !s.shows_help; }},
    {"album", "close", {{{GLFW_KEY_Q, control}}}, [](Studio&, Window& w) { w.ask_to_close(); }},
};

std::string key_name(int key) {
    if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F12) return "F" + std::to_string(key - GLFW_KEY_F1 + 1);
    switch (key) {
        case GLFW_KEY_SPACE:
            return "Space";
        case GLFW_KEY_LEFT:
            return "Left";
        case GLFW_KEY_RIGHT:
            return "Right";
        case GLFW_KEY_UP:
            return "Up";
        case GLFW_KEY_DOWN:
            return "Down";
        case GLFW_KEY_HOME:
            return "Home";
        case GLFW_KEY_ENTER:
            return "Enter";
        case GLFW_KEY_EQUAL:
            return "+";
        case GLFW_KEY_MINUS:
            return "\u2212";
        default:
            return {static_cast<char>(key)};  // GLFW's numbers of letters and digits are their characters
    }
}

}  // namespace

std::span<const Command> commands() { return table; }

std::string keys_text(const Command& command) {
    const KeyChord& chord = command.chords.front();
    if (!chord.key) return "";
    if (chord.key == GLFW_KEY_SLASH && chord.modifiers == GLFW_MOD_SHIFT) return "?";
    return std::string(chord.modifiers & GLFW_MOD_CONTROL ? "Ctrl " : "") +
           (chord.modifiers & GLFW_MOD_SHIFT ? "Shift " : "") + key_name(chord.key);
}

}  // namespace lathe
