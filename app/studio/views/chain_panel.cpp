// SPDX-License-Identifier: GPL-3.0-or-later
#include <imgui.h>

#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

void draw_fields(Studio& studio, const std::string& path, Fields fields, const void* settings) {
    for (const Field& field : fields) {
        if (field.kind == FieldKind::tables || field.kind == FieldKind::text_list) continue;
        const std::string own = path + "." + std::string(field.name);
        const Handled handled = control(own, std::string(field.name), field, field.get(settings),
                                        is_songs_own(studio, own) ? Origin::track : Origin::album);
        apply(studio, handled, own, own);
    }
}

}  // namespace

void draw_chain(Studio& studio) {
    draw_panel_title("CHAIN");
    const std::uint64_t revision = studio.document->revision();
    for (const ChainSlot& slot : chain_of_song(studio)) {
        if (slot.kind != ChainSlot::Kind::processor || studio.document->revision() != revision) continue;
        if (ImGui::CollapsingHeader(slot.entry.id.c_str())) {
            draw_fields(studio, slot.entry.id, CommonSettings::fields(), &slot.entry.common);
            draw_fields(studio, slot.entry.id, fields_of(slot.entry.settings), address_of(slot.entry.settings));
        }
        name_item("chain/" + slot.entry.id);
    }
}

}  // namespace lathe
