// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/demo/demo_album.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
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
    if (studio.recent.albums().empty()) return;
    draw_text({centre, middle + px(64)}, look().faint_text, "or go on with", 0.5f);
    ImGui::SetCursorScreenPos({centre - px(200), middle + px(84)});
    ImGui::BeginGroup();
    for (std::size_t i = 0; i < studio.recent.albums().size(); ++i) {
        const std::filesystem::path album = studio.recent.albums()[i];
        const bool chosen =
            ImGui::Selectable(("##" + album.string()).c_str(), false, 0, {px(400), ImGui::GetTextLineHeight()});
        const ImVec2 at = ImGui::GetItemRectMin();
        draw_text({at.x + px(8), at.y}, look().text, album.parent_path().filename().string());
        draw_text({at.x + px(392), at.y}, look().faint_text, album.filename().string(), 1);
        name_item(fmt::format("welcome/recent/{}", i + 1), album.string());
        explain("open " + album.string());
        if (chosen) {
            studio.open(album);
            break;
        }
    }
    ImGui::EndGroup();
}

}  // namespace lathe
