// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <imgui.h>

#include <algorithm>

#include "app/session/versions.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/field_words.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

constexpr const char* new_name = "second";

std::string path_of(const Master& master, std::string_view key) {
    return (master.name == "main" ? "album" : "master." + master.name) + "." + std::string(key);
}

/// Another master beside the others, with the targets of the one on screen.
void add_master(Studio& studio) {
    std::string name = new_name;
    for (int i = 2; has_master(studio.album(), name); ++i) name = fmt::format("{}-{}", new_name, i);
    MasterTarget target = shown_master(studio).target;
    std::string entry = "{ name = " + to_toml(Value(name));
    for (const Field& field : MasterTarget::fields())
        if (const std::string value = to_toml(field.get(&target)); !value.empty() && value != "0")
            entry += fmt::format(", {} = {}", field.name, value);
    if (studio.edit("add a master", {Edit::insert("master", entry + " }")})) studio.master = name;
}

/// The caption of a row; the widget drawn next stands beside it, as a setting's does, and leaves `kept` pixels after
/// it.
void begin_row(const char* caption, float kept = 0) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float all = ImGui::GetContentRegionAvail().x;
    draw_text({at.x + px(8), at.y + px(3)}, look().faint_text, caption);
    ImGui::SetCursorScreenPos({at.x + std::round(all * 0.46f), at.y});
    ImGui::SetNextItemWidth(std::round(all * 0.54f) - kept);
}

void draw_choice(Studio& studio) {
    const Master& now = shown_master(studio);
    begin_row("master", 2 * (ImGui::GetFrameHeight() + px(4)));
    std::string chosen = now.name;
    const bool is_main = now.name == "main";
    if (ImGui::BeginCombo("##master", now.name.c_str())) {
        for (const Master& master : studio.album().masters) {
            if (ImGui::Selectable(master.name.c_str(), master.name == now.name)) chosen = master.name;
            name_item("list/" + master.name);
        }
        ImGui::EndCombo();
    }
    name_item("master", now.name);
    explain("the master on screen: every view, figure and target speaks of it, and it is what is heard");
    ImGui::SameLine(0, px(4));
    if (toggle("master/add", "+", false, "another master of the same songs, with targets of its own")) {
        add_master(studio);
        return;
    }
    ImGui::SameLine(0, px(4));
    const bool is_delivered =
        std::any_of(studio.album().deliveries.begin(), studio.album().deliveries.end(),
                    [&](const Delivery& delivery) { return delivery.settings.master == now.name; });
    ImGui::BeginDisabled(is_main || is_delivered);
    if (toggle("master/remove", "\u2212", false,
               is_main        ? "the main master is the album's own"
               : is_delivered ? "a delivery is of this master: give that another one first"
                              : "take this master out of the album") &&
        studio.edit("remove master " + now.name, {Edit::remove("master." + now.name)}))
        chosen = "main";
    ImGui::EndDisabled();
    studio.master = chosen;
}

void draw_name(Studio& studio) {
    const Field& field = *find_field(Master::fields(), "name");
    const std::string name = shown_master(studio).name;
    const Handled handled = control("master.name", "name", field, Value(name));
    if (!handled.value) return;
    const std::string& typed = std::get<std::string>(*handled.value);
    if (studio.edit("rename a master", {Edit{path_of(shown_master(studio), "name"), to_toml(Value(typed))}}))
        studio.master = typed;
}

/// The processors that this master leaves out.
void draw_skip(Studio& studio) {
    const Master& now = shown_master(studio);
    begin_row("leaves out");
    const std::string text = now.skip.empty() ? "nothing" : fmt::format("{}", fmt::join(now.skip, ", "));
    std::vector<std::string> skip = now.skip;
    if (ImGui::BeginCombo("##skip", text.c_str())) {
        for (const ChainSlot& slot : studio.album().chain) {
            if (slot.kind != ChainSlot::Kind::processor) continue;
            const auto known = std::find(skip.begin(), skip.end(), slot.entry.id);
            if (ImGui::Selectable(slot.entry.id.c_str(), known != skip.end())) {
                if (known == skip.end())
                    skip.push_back(slot.entry.id);
                else
                    skip.erase(known);
            }
            name_item("list/" + slot.entry.id);
        }
        ImGui::EndCombo();
    }
    name_item("master.skip", text);
    explain("processors of the chain that this master goes without");
    if (skip == now.skip) return;
    const std::string path = path_of(now, "skip");
    studio.edit("what master " + now.name + " leaves out",
                {skip.empty() ? Edit::unset(path) : Edit{path, to_toml(Value(skip))}});
}

/// Its targets, as the album file has them.
void draw_targets(Studio& studio) {
    for (const char* name : {"loudness_lufs", "true_peak_dbtp", "normalize"}) {
        const Master& now = shown_master(studio);
        const Field& field = *find_field(MasterTarget::fields(), name);
        const std::string path = path_of(now, name);
        const Handled handled = control(path, label_of(field), field, field.get(&now.target));
        const std::string what = now.name == "main" ? name : fmt::format("{} of {}", name, now.name);
        if (handled.value)
            studio.edit(what, {Edit{path, to_toml(*handled.value)}}, path);
        else if (handled.reset)
            studio.edit("reset " + what, {Edit::unset(path)});
        if (handled.let_go) studio.document->end_drag();
    }
}

bool has_versions(const Studio& studio) { return version_names(studio.album()).size() > 1; }

void draw_version(Studio& studio) {
    begin_row("version");
    std::string chosen = studio.version;
    if (ImGui::BeginCombo("##version", studio.version.c_str())) {
        for (const std::string& name : version_names(studio.album())) {
            if (ImGui::Selectable(name.c_str(), name == studio.version)) chosen = name;
            name_item("list/" + name);
        }
        ImGui::EndCombo();
    }
    name_item("version", studio.version);
    explain(
        "the version of the songs on screen: every view and figure speaks of it, and it is what is heard; a song "
        "that has none of that name stands there, pale, with its main one");
    studio.version = chosen;
}

bool is_main(const Studio& studio) { return shown_master(studio).name == "main"; }

}  // namespace

float masters_height(const Studio& studio) {
    const int rows = (is_main(studio) ? 4 : 6) + (has_versions(studio) ? 1 : 0);
    return static_cast<float>(rows) * ImGui::GetFrameHeightWithSpacing();
}

void draw_masters(Studio& studio) {
    draw_choice(studio);
    if (has_versions(studio)) draw_version(studio);
    const bool has_name = !is_main(studio);
    if (has_name) draw_name(studio);
    draw_targets(studio);
    if (has_name) draw_skip(studio);
}

}  // namespace lathe
