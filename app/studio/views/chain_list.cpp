// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/chain_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/field_words.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/views/chain_summary.h"

namespace lathe {
namespace {

std::string word_of(const ChainSlot& slot) {
    if (slot.kind == ChainSlot::Kind::gain_point) return std::string(gain_point_type);
    return slot.kind == ChainSlot::Kind::track ? std::string(track_type) : slot.entry.id;
}

std::string help_of(std::string_view type) {
    if (type == gain_point_type) return "where the level that reaches the loudness is set";
    if (type == track_type) return "where every song's own chain stands";
    return "";
}

}  // namespace

ChainList::ChainList(const std::vector<ChainSlot>& slots, std::string own_track)
    : slots_(slots), own_track_(std::move(own_track)) {}

std::string ChainList::name_of(std::size_t i) const {
    return (own_track_.empty() ? "chain/" : "song/") + word_of(slots_[i]);
}

std::string ChainList::list_path() const { return own_track_.empty() ? "chain" : "track." + own_track_ + ".chain"; }
std::string ChainList::entry_path(std::size_t i) const { return list_path() + "." + word_of(slots_[i]); }

void ChainList::remove(Studio& studio, std::size_t i) const {
    studio.edit("remove " + spoken(word_of(slots_[i])), {Edit::remove(entry_path(i))});
}

void ChainList::move(Studio& studio, std::size_t from, std::size_t before) const {
    const std::size_t to = before > from ? before - 1 : before;
    if (to != from) studio.edit("move " + spoken(word_of(slots_[from])), {Edit::move(entry_path(from), to)});
}

void ChainList::take_drag(Studio& studio, std::size_t i, ImVec2 low, ImVec2 high) const {
    const std::string kind = list_path().substr(0, 30);  // as long as a payload's name may be
    if (ImGui::BeginDragDropSource(ImGuiDragDropFlags_SourceNoPreviewTooltip)) {
        ImGui::SetDragDropPayload(kind.c_str(), &i, sizeof i);
        ImGui::EndDragDropSource();
    }
    if (!ImGui::BeginDragDropTarget()) return;
    constexpr ImGuiDragDropFlags flags =
        ImGuiDragDropFlags_AcceptBeforeDelivery | ImGuiDragDropFlags_AcceptNoDrawDefaultRect;
    if (const ImGuiPayload* const payload = ImGui::AcceptDragDropPayload(kind.c_str(), flags)) {
        const std::size_t from = *static_cast<const std::size_t*>(payload->Data);
        const bool behind = ImGui::GetIO().MousePos.y > (low.y + high.y) / 2;
        const float y = behind ? high.y + px(2) : low.y - px(2);
        ImGui::GetForegroundDrawList()->AddLine({low.x, y}, {high.x, y}, look().master, px(2));
        if (payload->IsDelivery()) move(studio, from, behind ? i + 1 : i);
    }
    ImGui::EndDragDropTarget();
}

void ChainList::add(Studio& studio, std::string_view type) const {
    const std::size_t at = place_for(slots_, type);
    if (!studio.edit("add " + spoken(type), {Edit::insert(list_path(), new_processor(type), at)})) return;
    const Track* const track = studio.current_track();
    const std::vector<ChainSlot>& now = own_track_.empty() ? studio.album().chain : track->chain;
    if (now[at].kind == ChainSlot::Kind::processor)
        studio.chosen_processor = own_track_.empty() ? now[at].entry.id : list_path() + "." + now[at].entry.id;
}

void ChainList::draw_add(Studio& studio) const {
    const std::string name = own_track_.empty() ? "chain/add" : "song/add";
    ImGui::PushID(name.c_str());
    if (toggle(name, "add \u2026", false,
               own_track_.empty() ? "put a processor into the album's chain, before what ends it"
                                  : "put a processor into this song's own chain"))
        ImGui::OpenPopup("types");
    if (ImGui::BeginPopup("types")) {
        std::vector<std::string_view> types = processor_types();
        if (own_track_.empty())
            for (const auto& [kind, type] : {std::pair{ChainSlot::Kind::gain_point, gain_point_type},
                                             std::pair{ChainSlot::Kind::track, track_type}})
                if (std::none_of(slots_.begin(), slots_.end(), [k = kind](const ChainSlot& s) { return s.kind == k; }))
                    types.push_back(type);
        for (const std::string_view type : types) {
            if (type == gain_point_type || (type == track_type && types[types.size() - 2] != gain_point_type))
                ImGui::Separator();
            if (ImGui::Selectable(spoken(type).c_str())) add(studio, type);
            name_item("add/" + std::string(type));
            if (const std::string help = help_of(type); !help.empty()) explain(help);
        }
        ImGui::EndPopup();
    }
    ImGui::PopID();
}

}  // namespace lathe
