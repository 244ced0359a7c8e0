// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/render/render.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/panels.h"

namespace lathe {
namespace {

/// What will be written, of the album as it stands.
std::shared_ptr<const DryRun> planned(Studio& studio) {
    RenderOptions options;
    options.cache = studio.settings.cache;
    const auto delivered = studio.deliverer.result();
    const std::string key =
        fmt::format("plan {} {}", studio.document->revision(), static_cast<const void*>(delivered.get()));
    const auto plan =
        studio.analyses.value<DryRun>(key, [album = studio.document->shared_album(), options](const Cancel&) {
            return std::make_shared<const DryRun>(dry_run(*album, options));
        });
    if (!plan)
        if (const std::string why = studio.analyses.why_none(key); !why.empty()) studio.plan_error = why;
    if (plan) studio.plan_error.clear();
    return plan;
}

const DeliverableResult* made(const RenderResult* result, const std::filesystem::path& path) {
    if (!result) return nullptr;
    for (const TrackResult& track : result->tracks)
        for (const DeliverableResult& d : track.deliverables)
            if (d.path == path) return &d;
    for (const DeliverableResult& d : result->album_files)
        if (d.path == path) return &d;
    return nullptr;
}

struct State {
    std::string text;
    ImU32 colour;
};

State state_of(const DryRun::File& file, const DeliverableResult* result, bool album_is_same) {
    if (result && album_is_same) return {"\u2713 written", look().good};
    if (result) return {"older than the album", look().caution};
    if (!file.exists) return {"new", look().text};
    if (file.listed) return {"made before", look().faint_text};
    return {"\u25b2 in the way", look().broken};
}

void draw_row(const DryRun::File& file, const DeliverableResult* result, const State& state, std::size_t number) {
    const std::string name = fmt::format("deliver/file/{}", number);
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(file.path.filename().c_str());
    name_item(name, state.text);
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", file.path.c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(file.delivery.c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(file.master.c_str());
    ImGui::TableNextColumn();
    const std::string format =
        result ? fmt::format("{} {} {:g}k", file.format, result->bits, result->sample_rate / 1000.0) : file.format;
    ImGui::TextUnformatted(format.c_str());
    const auto number_cell = [&](const std::optional<double>& value, int decimals, const std::string& what) {
        ImGui::TableNextColumn();
        const std::string text = result ? measured_text(value, "", decimals) : no_value;
        draw_text({ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x, ImGui::GetCursorScreenPos().y},
                  look().text, text, 1);
        ImGui::Dummy({px(8), ImGui::GetTextLineHeight()});
        name_item(name + "/" + what, text);
    };
    number_cell(result ? result->measured.integrated_lufs : std::nullopt, 1, "lufs");
    number_cell(result ? result->measured.true_peak_dbtp : std::nullopt, 2, "dbtp");
    ImGui::TableNextColumn();
    ImGui::PushStyleColor(ImGuiCol_Text, state.colour);
    ImGui::TextUnformatted(state.text.c_str());
    ImGui::PopStyleColor();
}

void draw_table(const DryRun& plan, const RenderResult* result, bool album_is_same) {
    constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingFixedFit;
    if (!ImGui::BeginTable("files", 7, flags, {0, ImGui::GetContentRegionAvail().y - px(64)})) return;
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableSetupColumn("file", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableSetupColumn("delivery", 0, px(72));
    ImGui::TableSetupColumn("master", 0, px(56));
    ImGui::TableSetupColumn("format", 0, px(96));
    ImGui::TableSetupColumn("LUFS", 0, px(48));
    ImGui::TableSetupColumn("dBTP", 0, px(52));
    ImGui::TableSetupColumn("state", 0, px(136));
    ImGui::TableHeadersRow();
    for (std::size_t i = 0; i < plan.files.size(); ++i) {
        const DeliverableResult* const written = made(result, plan.files[i].path);
        draw_row(plan.files[i], written, state_of(plan.files[i], written, album_is_same), i + 1);
    }
    ImGui::EndTable();
}

void draw_head(Studio& studio, const DryRun* plan) {
    Deliverer& deliverer = studio.deliverer;
    if (deliverer.is_running()) {
        if (toggle("deliver/cancel", "cancel", false, "end the delivery; files that are finished stay"))
            deliverer.cancel();
        ImGui::SameLine();
        const double left = deliverer.seconds_left();
        const std::string text =
            left > 0 ? fmt::format("{:.0f} %, {} left", 100 * deliverer.share(), time_text(left)) : "beginning \u2026";
        ImGui::ProgressBar(static_cast<float>(deliverer.share()), {px(240), 0}, text.c_str());
        name_item("deliver/progress", text);
        return;
    }
    const bool in_the_way = plan && std::any_of(plan->files.begin(), plan->files.end(),
                                                [](const DryRun::File& f) { return f.exists && !f.listed; });
    ImGui::BeginDisabled(!plan);
    if (toggle("deliver/start", in_the_way ? "deliver, overwriting" : "deliver", false,
               in_the_way ? "saves the album and writes every file; some are there that no render of this album made"
                          : "saves the album and writes every file of the table")) {
        studio.save();
        if (!studio.document->is_changed()) deliverer.start(studio.document->shared_album(), in_the_way);
    }
    ImGui::EndDisabled();
    ImGui::SameLine();
    const std::string text =
        plan ? fmt::format("{} files into {}", plan->files.size(), studio.album().folder().string()) : "";
    draw_text({ImGui::GetCursorScreenPos().x, ImGui::GetCursorScreenPos().y + px(3)}, look().faint_text, text);
    ImGui::NewLine();
}

/// What the delivery, or the plan, gave cause to say; a click goes to the place.
void draw_findings(Studio& studio, const RenderResult* result) {
    if (const std::string error = studio.deliverer.error(); !error.empty() || !studio.plan_error.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, look().broken);
        ImGui::TextWrapped("\u25b2 %s", error.empty() ? studio.plan_error.c_str() : error.c_str());
        ImGui::PopStyleColor();
        name_item("deliver/error", error);
    }
    if (!result) return;
    for (std::size_t i = 0; i < result->warnings.size(); ++i) {
        const RenderWarning& warning = result->warnings[i];
        const std::string text =
            fmt::format("{} {}{}: {}", warning.severity == "fail" ? "\u25b2" : "\u25b3", warning.track,
                        warning.time_s ? " at " + time_text(*warning.time_s) : "", warning.message);
        ImGui::PushStyleColor(ImGuiCol_Text, warning.severity == "fail" ? look().broken : look().caution);
        if (ImGui::Selectable((text + "##finding" + std::to_string(i)).c_str()) && !warning.track.empty()) {
            studio.choose_track(warning.track);
            if (warning.time_s) studio.place_playhead(*warning.time_s);
        }
        ImGui::PopStyleColor();
    }
}

}  // namespace

void draw_deliver(Studio& studio) {
    const auto plan = planned(studio);
    const auto result = studio.deliverer.result();
    const auto of = studio.deliverer.album();
    const bool album_is_same = of && of->text == studio.album().text;
    draw_head(studio, plan.get());
    name_place("deliver", ImGui::GetWindowPos(), ImGui::GetWindowPos(),
               studio.deliverer.is_running() ? "running"
               : result && album_is_same     ? "done"
                                             : "idle");
    static std::shared_ptr<const DryRun> last;
    if (plan) last = plan;
    if (last) draw_table(*last, result.get(), album_is_same);
    draw_findings(studio, result.get());
}

}  // namespace lathe
