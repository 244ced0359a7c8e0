// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/frame.h"

#include <imgui.h>

#include <functional>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

struct Box {
    float x, y, width, height;
};

void panel(Studio& studio, const char* name, const Box& box, const std::function<void(Studio&)>& draw) {
    ImGui::SetCursorPos({box.x, box.y});
    ImGui::BeginChild(name, {box.width, box.height}, true,
                      ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PushStyleColor(ImGuiCol_ChildBg, 0);  // what lies in it lies on its ground: no pixel is filled twice
    draw(studio);
    ImGui::PopStyleColor();
    ImGui::EndChild();
}

void draw_large_view(Studio& studio) {
    for (std::size_t i = 0; i < large_view_words.size(); ++i) {
        const auto view = static_cast<LargeView>(i);
        const std::string word(large_view_words[i]);
        if (i > 0) ImGui::SameLine(0, px(4));
        if (toggle("view/" + word, word, studio.large_view == view, "show " + word)) studio.large_view = view;
    }
    switch (studio.large_view) {
        case LargeView::spectrum:
            return draw_spectrum(studio);
        case LargeView::compare:
            return draw_compare(studio);
        case LargeView::deliver:
            return draw_deliver(studio);
        case LargeView::spectrogram:
            return draw_spectrogram(studio);
        case LargeView::resonances:
            return draw_resonance_view(studio);
        default:
            return;
    }
}

}  // namespace

void draw_studio(Studio& studio, Window& window) {
    const auto width = static_cast<float>(window.width()), height = static_cast<float>(window.height());
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({width, height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("studio", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                     ImGuiWindowFlags_NoBackground);  // the frame begins with its colour
    ImGui::PopStyleVar();
    const float seam = px(1), top = px(48), bottom = px(24);
    const float left = px(248), right = px(width > px(1600) ? 340 : 296);
    const float middle = width - left - right - 2 * seam, body = height - top - bottom - 2 * seam;
    const float overview = px(212), meters = px(120);
    panel(studio, "transport", {0, 0, width, top}, draw_transport);
    panel(studio, "status", {0, height - bottom, width, bottom}, [&](Studio& of) {
        if (!draw_question(of, window)) draw_status(of);
    });
    if (!studio.is_open()) {
        panel(studio, "welcome", {0, top + seam, width, body}, draw_welcome);
    } else {
        panel(studio, "album", {0, top + seam, left, body}, draw_album);
        panel(studio, "overview", {left + seam, top + seam, middle, overview}, draw_overview);
        panel(studio, "view", {left + seam, top + 2 * seam + overview, middle, body - overview - meters - 2 * seam},
              draw_large_view);
        panel(studio, "meters", {left + seam, height - bottom - seam - meters, middle, meters}, draw_meters);
        panel(studio, "chain", {left + middle + 2 * seam, top + seam, right, body}, draw_chain);
    }
    ImGui::End();
    draw_help(studio);
    draw_palette(studio, window);
}

}  // namespace lathe
