// SPDX-License-Identifier: GPL-3.0-or-later
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>

#include "app/studio/views/frame.h"
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

}  // namespace

void take_keys(Studio& studio, Window& window) {
    for (const KeyPress& press : window.keys()) {
        const bool control = press.modifiers & GLFW_MOD_CONTROL, shift = press.modifiers & GLFW_MOD_SHIFT;
        if (control) {
            switch (press.key) {
                case GLFW_KEY_Z:
                    shift ? studio.redo() : studio.undo();
                    break;
                case GLFW_KEY_Y:
                    studio.redo();
                    break;
                case GLFW_KEY_S:
                    studio.save();
                    break;
                default:
                    break;
            }
            continue;
        }
        switch (press.key) {
            case GLFW_KEY_SPACE:
                studio.play_or_pause();
                break;
            case GLFW_KEY_1:
                studio.monitoring.slot = Slot::source;
                break;
            case GLFW_KEY_2:
                studio.monitoring.slot = Slot::master;
                break;
            case GLFW_KEY_3:
                studio.monitoring.slot = Slot::reference;
                break;
            case GLFW_KEY_M:
                studio.monitoring.is_matched = !studio.monitoring.is_matched;
                break;
            case GLFW_KEY_D:
                studio.monitoring.is_delta = !studio.monitoring.is_delta;
                break;
            case GLFW_KEY_HOME:
                studio.place_playhead(studio.loop ? studio.loop->from_s : 0);
                break;
            case GLFW_KEY_LEFT:
                studio.place_playhead(studio.playhead_s - (shift ? 0.5 : 5));
                break;
            case GLFW_KEY_RIGHT:
                studio.place_playhead(studio.playhead_s + (shift ? 0.5 : 5));
                break;
            case GLFW_KEY_UP:
                studio.step_track(-1);
                break;
            case GLFW_KEY_DOWN:
                studio.step_track(1);
                break;
            case GLFW_KEY_F:
                studio.shown.reset();
                break;
            case GLFW_KEY_EQUAL:
                zoom(studio, 0.5);
                break;
            case GLFW_KEY_MINUS:
                zoom(studio, 2);
                break;
            case GLFW_KEY_SLASH:
                if (shift) studio.shows_help = !studio.shows_help;
                break;
            case GLFW_KEY_ESCAPE:
                studio.shows_help = false;
                break;
            case GLFW_KEY_N:
                step_resonance(studio, shift ? -1 : 1);
                break;
            case GLFW_KEY_ENTER:
                if (studio.large_view == LargeView::resonances) toggle_chosen_cut(studio);
                break;
            case GLFW_KEY_T:
                window.set_dark(!window.is_dark());
                break;
            case GLFW_KEY_F1:
            case GLFW_KEY_F2:
            case GLFW_KEY_F3:
            case GLFW_KEY_F4:
            case GLFW_KEY_F5:
                studio.large_view = static_cast<LargeView>(press.key - GLFW_KEY_F1);
                break;
            default:
                break;
        }
    }
}

}  // namespace lathe
