// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/note_flags.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/studio/model/track_notes.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/text_entry.h"

namespace lathe {
namespace {

constexpr const char* new_note = "new";

/// What the hand is doing.
struct {
    std::string pointed, held;  ///< a note's path
    double at_s = 0;            ///< in the source, where the pointer has brought it
    bool was_moved = false;
    TextEntry entry;
    double entry_s = 0;  ///< in the source, of the note that is being typed
} hand;

std::string tip_of(const Note& note, double at_s) {
    return fmt::format("{}  {}{}{}\nclick: go there, drag: move, double-click: edit, right-click: {}, Delete: remove",
                       time_text(at_s, true), note.text, note.from.empty() ? "" : "  (" + note.from + ")",
                       note.done ? "  \u2013 done" : "", note.done ? "not done yet" : "done");
}

/// Moves the note that is held. Returns whether the album has changed.
bool take_drag(Studio& studio, const PlotArea& wave, const SongTime& song, const std::string& path, const Note& note) {
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsItemActivated()) {
        hand.held = path;
        hand.at_s = note.at.seconds_at(song.info->sample_rate);
        hand.was_moved = false;
    }
    if (hand.held != path) return false;
    if (!ImGui::IsItemActive()) {
        if (!hand.was_moved) studio.place_playhead(hand.at_s - song.origin_s);
        hand.held.clear();
        studio.document->end_drag();
        return false;
    }
    if (!ImGui::IsMouseDragging(0) || io.MouseDelta.x == 0) return false;
    const double second_per_pixel = song.shown.length() / static_cast<double>(wave.width());
    hand.was_moved = true;
    hand.at_s += static_cast<double>(io.MouseDelta.x) * second_per_pixel * (io.KeyShift ? 0.1 : 1);
    hand.at_s = std::clamp(hand.at_s, 0.0, song.cut.source_s);
    const TimePoint to = pointed_place(note.at, hand.at_s, song.info->sample_rate, step_of_pixel(second_per_pixel));
    return studio.edit("move a note", {Edit{path + ".at", to_toml(detail::value_of_time(to))}}, path);
}

/// Returns whether the album has changed.
bool take_note(Studio& studio, const PlotArea& wave, const SongTime& song, std::size_t index) {
    const Track& track = *studio.current_track();
    const Note note = track.notes[index];
    const std::string path = note_path(track, index), name = fmt::format("note/{}", index + 1);
    const double at_s = note.at.seconds_at(song.info->sample_rate);
    const float x = wave.x_of(at_s - song.origin_s);
    if (x < wave.low().x || x > wave.high().x) return false;
    ImGui::SetCursorScreenPos({x - px(3), wave.high().y - px(12)});
    ImGui::InvisibleButton(name.c_str(), {px(14), px(12)});
    name_item(name, fmt::format("{:.3f} {}{}", at_s, note.text, note.done ? " (done)" : ""));
    if (take_drag(studio, wave, song, path, note)) return true;
    if (!ImGui::IsItemHovered()) return false;
    hand.pointed = path;
    explain(tip_of(note, at_s));
    if (ImGui::IsMouseDoubleClicked(0)) {
        hand.entry.begin(path, note.text);
        hand.entry_s = at_s;
    }
    if (ImGui::IsMouseClicked(1))
        return note.done ? studio.edit("note not done", {Edit::unset(path + ".done")})
                         : studio.edit("note done", {Edit{path + ".done", "true"}});
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Delete)))
        return studio.edit("remove a note", {Edit::remove(path)});
    return false;
}

void take_entry(Studio& studio, const PlotArea& wave, const SongTime& song) {
    const Track& track = *studio.current_track();
    std::string path;
    for (std::size_t i = 0; i < track.notes.size(); ++i)
        if (hand.entry.is_for(note_path(track, i))) path = note_path(track, i);
    const bool is_new = hand.entry.is_for(new_note + track.id);
    if (path.empty() && !is_new) return;
    const auto text = hand.entry.draw({wave.x_of(hand.entry_s - song.origin_s), wave.high().y + px(4)}, 260,
                                      is_new ? "a note, here" : "what is noted here");
    if (!text || text->empty()) return;
    if (is_new)
        studio.edit("add a note",
                    {note_insertion(track, song.info->sample_rate,
                                    pointed_place({}, hand.entry_s, song.info->sample_rate, 1e-3), *text)});
    else
        studio.edit("edit a note", {Edit{path + ".text", to_toml(Value(*text))}});
}

}  // namespace

void begin_note(Studio& studio) {
    if (!studio.current_track()) return;
    hand.entry_s = std::max(studio.playhead_s + song_time(studio).origin_s, 0.0);
    hand.entry.begin(new_note + studio.track, "");
}

void step_note(Studio& studio, int by) {
    if (!studio.current_track()) return;
    const SongTime song = song_time(studio);
    if (!song.info) return;
    const auto to = note_beyond(*studio.current_track(), song.info->sample_rate, studio.playhead_s + song.origin_s, by);
    if (to) studio.place_playhead(*to - song.origin_s);
}

bool take_notes(Studio& studio, const PlotArea& wave, const SongTime& song) {
    hand.pointed.clear();
    const std::size_t count = studio.current_track()->notes.size();
    for (std::size_t i = 0; i < count; ++i)
        if (take_note(studio, wave, song, i)) return true;
    take_entry(studio, wave, song);
    return !hand.pointed.empty() || !hand.held.empty();
}

void draw_notes(const Studio& studio, const PlotArea& wave, const SongTime& song) {
    const Track& track = *studio.current_track();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    for (std::size_t i = 0; i < track.notes.size(); ++i) {
        const Note& note = track.notes[i];
        const float x = std::round(wave.x_of(note.at.seconds_at(song.info->sample_rate) - song.origin_s));
        if (x < wave.low().x || x > wave.high().x) continue;
        const bool is_lit = hand.pointed == note_path(track, i) || hand.held == note_path(track, i);
        const ImU32 colour = with_alpha(look().text, is_lit ? 1 : note.done ? 0.3f : 0.8f);
        const float top = wave.high().y - px(11), bottom = wave.high().y;
        draw.AddLine({x, wave.low().y}, {x, bottom}, with_alpha(colour, is_lit ? 0.8f : note.done ? 0.15f : 0.35f));
        const ImVec2 flag[] = {{x, top}, {x + px(10), top + px(4)}, {x, top + px(8)}};
        if (note.done)
            draw.AddPolyline(flag, 3, colour, ImDrawFlags_Closed, px(1));
        else
            draw.AddTriangleFilled(flag[0], flag[1], flag[2], colour);
    }
}

}  // namespace lathe
