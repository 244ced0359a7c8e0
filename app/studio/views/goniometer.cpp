// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/goniometer.h"

#include <imgui.h>

#include <algorithm>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/slot_words.h"

namespace lathe {

bool is_mono(Studio& studio, Slot slot) {
    constexpr float least_width = 1e-6f;
    const auto piece = studio.live_piece(slot);
    if (piece && piece->audio.channels() < 2) return true;
    const auto whole = studio.analyses.stereo_bands(studio.sound_at(slot));
    return whole && whole->all.width < least_width;
}

void draw_goniometer(Studio& studio, float side) {
    const Slot slot = studio.monitoring.slot;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float half = std::floor(side / 2), reach = half * 0.7071f;
    const ImVec2 centre{at.x + half, at.y + half};
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddLine({centre.x - reach, centre.y - reach}, {centre.x + reach, centre.y + reach}, look().grid);
    draw.AddLine({centre.x + reach, centre.y - reach}, {centre.x - reach, centre.y + reach}, look().grid);
    draw.AddCircle(centre, half, look().strong_grid, 64);
    ImGui::Dummy({side, side});
    const bool mono = is_mono(studio, slot);
    name_item("meter/goniometer", std::string(word_of(slot)) + (mono ? " mono" : ""));
    explain(std::string("the ") + word_of(slot) +
            " at the playhead: mid upwards, side to the left and right\nupright: mono; level: left against right");
    ImGui::PushFont(font(Type::small));
    if (mono) draw_text({centre.x, centre.y - ImGui::GetFontSize() / 2}, look().faint_text, "mono", 0.5f);
    ImGui::PopFont();
    const auto piece = studio.live_piece(slot);
    if (mono || !piece || piece->audio.channels() < 2) return;
    constexpr Frames most_points = 512, most_frames = 2048;
    const Frames count = std::min(most_frames, piece->audio.frames()), from = (piece->audio.frames() - count) / 2;
    const float *const left = piece->audio.channel(0) + from, *const right = piece->audio.channel(1) + from;
    const ImU32 colour = with_alpha(colour_of(slot), 0.6f);
    draw.PushClipRect(at, {at.x + side, at.y + side}, true);
    for (Frames n = 0; n < count; n += count / most_points) {
        const ImVec2 p{centre.x + (right[n] - left[n]) * reach, centre.y - (left[n] + right[n]) * reach};
        draw.AddRectFilled(p, {p.x + px(1), p.y + px(1)}, colour);
    }
    draw.PopClipRect();
}

}  // namespace lathe
