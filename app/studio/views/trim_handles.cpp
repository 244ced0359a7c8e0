// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/trim_handles.h"

#include <fmt/format.h>
#include <imgui.h>

#include <array>
#include <cmath>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/text_entry.h"

namespace lathe {
namespace {

struct Handle {
    CutEdge edge;
    bool is_fade;
    const char *name, *what;
};
/// Fades first: they lie above the trims where a fade is short.
constexpr std::array handles{Handle{CutEdge::start, true, "overview/fade_in", "fade in"},
                             Handle{CutEdge::end, true, "overview/fade_out", "fade out"},
                             Handle{CutEdge::start, false, "overview/start", "start"},
                             Handle{CutEdge::end, false, "overview/end", "end"}};
constexpr double fine_share = 0.1;

/// What the hand is doing.
struct {
    const Handle* held = nullptr;
    const Handle* pointed = nullptr;
    double at_s = 0;          ///< in the source, where the pointer has brought the handle
    bool showed_all = false;  ///< before
    TextEntry entry;
} hand;

/// Where a handle stands, in the source.
double place_of(const Handle& handle, const TrackCut& cut) {
    if (handle.edge == CutEdge::start) return cut.start_s + (handle.is_fade ? cut.fade_in_s : 0);
    return cut.end_s - (handle.is_fade ? cut.fade_out_s : 0);
}

double fade_of(const Handle& handle, const TrackCut& cut) {
    return handle.edge == CutEdge::start ? cut.fade_in_s : cut.fade_out_s;
}

FadeShape shape_of(const TrackInfo& info, CutEdge edge) {
    return edge == CutEdge::start ? info.fade_in_shape : info.fade_out_shape;
}
std::string_view shape_word(const TrackInfo& info, CutEdge edge) {
    return fade_shapes[static_cast<std::size_t>(shape_of(info, edge))];
}

std::string value_of(const Handle& handle, const TrackCut& cut) {
    return handle.is_fade ? quantity_text(fade_of(handle, cut) * 1000, "ms") : time_text(place_of(handle, cut), true);
}

std::string edit_name(const Handle& handle) { return fmt::format("move {}", handle.what); }

/// Of the edge as the album has it: samples stay samples.
TimePoint place_before(const TrackInfo& info, CutEdge edge) {
    return edge == CutEdge::start ? info.start : info.end.value_or(TimePoint{});
}

std::vector<Edit> edits_to(const Studio& studio, const Handle& handle, const TrackCut& cut, const AudioInfo& source,
                           double at_s, double step_s) {
    const Track& track = *studio.current_track();
    if (!handle.is_fade)
        return edge_edits(studio.album(), track, source, handle.edge,
                          pointed_place(place_before(track.info, handle.edge), at_s, source.sample_rate, step_s),
                          studio.current_version());
    const double length = handle.edge == CutEdge::start ? at_s - cut.start_s : cut.end_s - at_s;
    return fade_edits(track, source, handle.edge, std::round(length / step_s) * step_s);
}

void take_drag(Studio& studio, const Handle& handle, const PlotArea& wave, const TrackCut& cut,
               const AudioInfo& source) {
    const ImGuiIO& io = ImGui::GetIO();
    const double second_per_pixel =
        (wave.x_at(wave.high().x) - wave.x_at(wave.low().x)) / static_cast<double>(wave.width());
    if (ImGui::IsItemActivated()) {
        hand.held = &handle;
        hand.at_s = place_of(handle, cut);
        hand.showed_all = !studio.shown;
        studio.shown = TimeSpan{wave.x_at(wave.low().x), wave.x_at(wave.high().x)};
    }
    if (hand.held == &handle && ImGui::IsItemActive() && io.MouseDelta.x != 0) {
        const double share = io.KeyShift ? fine_share : 1;
        hand.at_s += static_cast<double>(io.MouseDelta.x) * second_per_pixel * share;
        const auto edits = edits_to(studio, handle, cut, source, hand.at_s, step_of_pixel(second_per_pixel * share));
        if (!edits.empty()) studio.edit(edit_name(handle), edits, handle.name);
    }
    if (hand.held == &handle && !ImGui::IsItemActive()) {
        hand.held = nullptr;
        if (hand.showed_all) studio.shown.reset();
        studio.document->end_drag();
    }
}

void take_typed(Studio& studio, const Handle& handle, const AudioInfo& source, const std::string& text) {
    const Track& track = *studio.current_track();
    if (handle.is_fade) {
        if (const auto ms = typed_quantity(text, "ms"))
            studio.edit(edit_name(handle), fade_edits(track, source, handle.edge, *ms / 1000));
        else
            studio.complain(fmt::format("\"{}\" is no length; write 250, 250 ms or 1.5 s", text));
    } else if (const auto to = parse_time(text)) {
        studio.edit(edit_name(handle),
                    edge_edits(studio.album(), track, source, handle.edge, *to, studio.current_version()));
    } else {
        studio.complain(fmt::format("\"{}\" is no time; write 1.5, 0:01.500 or 66150s (samples)", text));
    }
}

/// The handle's box: a fade's at the top of the lane, a trim's over all of it.
struct Box {
    ImVec2 low, high;
};
Box box_of(const Handle& handle, const PlotArea& wave, double at_s, double origin_s) {
    const float x = wave.x_of(at_s - origin_s), top = wave.low().y, bottom = wave.high().y;
    if (handle.is_fade) return {{x - px(6), top}, {x + px(6), top + px(13)}};
    const float inside = handle.edge == CutEdge::start ? px(3) : -px(3);
    return {{x + inside - px(5), top}, {x + inside + px(5), bottom}};
}

std::string hint_of(const Handle& handle, const TrackCut& cut, const TrackInfo& info, bool is_version) {
    if (handle.is_fade)
        return fmt::format("{} {}, {}: drag it (Shift: fine), wheel: its curve, double-click: type, right-click: none",
                           handle.what, quantity_text(fade_of(handle, cut) * 1000, "ms"),
                           shape_word(info, handle.edge));
    return fmt::format("{} of the track, {} of its source: drag it (Shift: fine), double-click: type, right-click: {}",
                       handle.what, time_text(place_of(handle, cut), true),
                       is_version                      ? "as the main version has it"
                       : handle.edge == CutEdge::start ? "from the source's beginning"
                                                       : "to the source's end");
}

/// For scripts: seconds of the source, or the fade's length and, apart, its curve.
void name_handle(const Handle& handle, const TrackCut& cut, const TrackInfo& info) {
    if (!handle.is_fade) return name_item(handle.name, fmt::format("{:.3f}", place_of(handle, cut)));
    name_item(handle.name, value_of(handle, cut));
    name_item(std::string(handle.name) + "/shape", std::string(shape_word(info, handle.edge)));
}

void take_handle(Studio& studio, const Handle& handle, const PlotArea& wave, const TrackCut& cut,
                 const AudioInfo& source, double origin_s) {
    const Box box = box_of(handle, wave, place_of(handle, cut), origin_s);
    const ImVec2 low{std::max(box.low.x, wave.low().x - px(5)), box.low.y};
    const ImVec2 high{std::min(box.high.x, wave.high().x + px(3)), box.high.y};
    if (hand.held != &handle && high.x - low.x < px(3)) return;  // out of view
    ImGui::SetCursorScreenPos(low);
    ImGui::InvisibleButton(handle.name, {std::max(high.x - low.x, px(3)), high.y - low.y});
    name_handle(handle, cut, studio.current_track()->info);
    take_drag(studio, handle, wave, cut, source);
    if (!ImGui::IsItemHovered()) return;
    hand.pointed = &handle;
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    explain(hint_of(handle, cut, studio.current_track()->info, studio.current_version()));
    if (ImGui::IsMouseDoubleClicked(0))
        hand.entry.begin(handle.name, handle.is_fade ? fmt::format("{:g}", fade_of(handle, cut) * 1000)
                                                     : time_text(place_of(handle, cut), true));
    if (ImGui::IsMouseClicked(1))
        studio.edit(fmt::format("reset {}", handle.what),
                    handle.is_fade ? fade_reset(*studio.current_track(), handle.edge)
                                   : edge_reset(*studio.current_track(), handle.edge, studio.current_version()));
    if (const float wheel = ImGui::GetIO().MouseWheel; handle.is_fade && wheel != 0 && fade_of(handle, cut) > 0)
        studio.edit(fmt::format("curve of the {}", handle.what),
                    shape_edits(*studio.current_track(), handle.edge, wheel > 0 ? 1 : -1));
}

/// The value beside the handle, while it moves.
void draw_value(const Handle& handle, const PlotArea& wave, const TrackCut& cut, float x) {
    const std::string text = fmt::format("{}  {}", handle.what, value_of(handle, cut));
    const float width = ImGui::CalcTextSize(text.c_str()).x + px(10), height = ImGui::GetFontSize() + px(6);
    float left = handle.edge == CutEdge::start ? x + px(10) : x - px(10) - width;
    left = std::clamp(left, wave.low().x, wave.high().x - width);
    const ImVec2 low{left, (wave.low().y + wave.high().y - height) / 2};
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(low, {low.x + width, low.y + height}, look().raised, px(3));
    draw_text({low.x + px(5), low.y + px(3)}, look().text, text);
}

}  // namespace

void draw_fade(const PlotArea& wave, const TrackCut& cut, const TrackInfo& info, CutEdge edge, double origin_s) {
    const double length = edge == CutEdge::start ? cut.fade_in_s : cut.fade_out_s;
    if (length <= 0) return;
    constexpr int points = 49;
    const double silent = (edge == CutEdge::start ? cut.start_s : cut.end_s) - origin_s;
    const double to_full = edge == CutEdge::start ? length : -length;
    std::vector<double> x(points), high(points), low(points);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.PushClipRect(wave.low(), wave.high(), true);
    for (int i = 0; i < points; ++i) {
        const double position = i / (points - 1.0);
        const auto at = static_cast<std::size_t>(i);
        x[at] = silent + position * to_full;
        high[at] = fade_gain(shape_of(info, edge), position);
        low[at] = -high[at];
        if (i == 0) continue;
        for (const std::vector<double>* y : {&high, &low}) {
            const float border = y == &high ? wave.low().y : wave.high().y;
            draw.AddQuadFilled({wave.x_of(x[at - 1]), border}, {wave.x_of(x[at]), border},
                               {wave.x_of(x[at]), wave.y_of((*y)[at])}, {wave.x_of(x[at - 1]), wave.y_of((*y)[at - 1])},
                               with_alpha(look().panel, 0.6f));
        }
    }
    draw.PopClipRect();
    wave.curve(x, high, look().text, 1.2f);
    wave.curve(x, low, look().text, 1.2f);
}

bool take_trim_handles(Studio& studio, const PlotArea& wave, const TrackCut& cut, const AudioInfo& source,
                       double origin_s) {
    hand.pointed = nullptr;
    const std::uint64_t revision = studio.document->revision();
    for (const Handle& handle : handles) {
        take_handle(studio, handle, wave, cut, source, origin_s);
        if (studio.document->revision() != revision) break;  // the cut is another one now
    }
    for (const Handle& handle : handles)
        if (hand.entry.is_for(handle.name)) {
            const float x = wave.x_of(place_of(handle, cut) - origin_s);
            const auto typed = hand.entry.draw({x - px(70), wave.low().y + px(16)}, 140,
                                               handle.is_fade ? "length of the fade, ms" : "time in the source");
            if (typed) take_typed(studio, handle, source, *typed);
        }
    return hand.pointed || hand.held;
}

void draw_trim_handles(const Studio& studio, const PlotArea& wave, const TrackCut& cut, double origin_s) {
    const TrackInfo& info = studio.current_track()->info;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const auto hide = [&](double from_s, double to_s) {
        const float from = std::max(wave.x_of(from_s - origin_s), wave.low().x);
        const float to = std::min(wave.x_of(to_s - origin_s), wave.high().x);
        if (from < to) draw.AddRectFilled({from, wave.low().y}, {to, wave.high().y}, with_alpha(look().panel, 0.65f));
    };
    hide(0, cut.start_s);
    hide(cut.end_s, cut.source_s);
    draw_fade(wave, cut, info, CutEdge::start, origin_s);
    draw_fade(wave, cut, info, CutEdge::end, origin_s);
    for (const Handle& handle : handles) {
        const float x = std::round(wave.x_of(place_of(handle, cut) - origin_s));
        if (x < wave.low().x - 1 || x > wave.high().x + 1) continue;
        const bool is_lit = hand.held == &handle || (!hand.held && hand.pointed == &handle);
        const ImU32 colour = is_lit ? look().text : with_alpha(look().text, 0.65f);
        if (handle.is_fade) {
            const ImVec2 centre{x, wave.low().y + px(6)};
            draw.AddCircleFilled(centre, px(4), fade_of(handle, cut) > 0 ? colour : look().panel);
            draw.AddCircle(centre, px(4), colour, 0, px(1.2f));
        } else {
            const float inside = handle.edge == CutEdge::start ? px(5) : -px(5);
            const float middle = (wave.low().y + wave.high().y) / 2;
            draw.AddLine({x, wave.low().y}, {x, wave.high().y}, colour, px(1));
            draw.AddRectFilled({std::min(x, x + inside), middle - px(9)}, {std::max(x, x + inside), middle + px(9)},
                               colour, px(1.5f));
        }
        if (hand.held == &handle) draw_value(handle, wave, cut, x);
    }
}

}  // namespace lathe
