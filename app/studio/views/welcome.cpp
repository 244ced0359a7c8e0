// SPDX-License-Identifier: GPL-3.0-or-later
#include <imgui.h>

#include "app/demo/demo_album.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/panels.h"

namespace lathe {

void draw_welcome(Studio& studio) {
    const ImVec2 low = ImGui::GetWindowPos();
    const float centre = low.x + ImGui::GetWindowWidth() / 2, middle = low.y + ImGui::GetWindowHeight() / 2;
    ImGui::PushFont(font(Type::large));
    draw_text({centre, middle - px(72)}, look().text, "Drop songs here", 0.5f);
    ImGui::PopFont();
    draw_text({centre, middle - px(36)}, look().faint_text,
              "WAV, AIFF, FLAC, MP3, Ogg: in the order in which they are dropped they become the album's tracks", 0.5f);
    draw_text({centre, middle - px(16)}, look().faint_text,
              "or an album.toml, to open it; from a terminal: lathe-studio ALBUM.toml", 0.5f);
    ImGui::SetCursorScreenPos({centre - px(60), middle + px(16)});
    if (toggle("welcome/demo", "  open the demo  ", false,
               "three songs made by the program itself, with a chain and faults to find")) {
        try {
            studio.open(write_demo_album(studio.settings.state_folder / "demo", Cancel()));
        } catch (const std::exception& error) {
            studio.complain(error.what());
        }
    }
}

}  // namespace lathe
