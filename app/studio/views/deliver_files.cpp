// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/deliver_parts.h"

namespace lathe {
namespace {

constexpr int column_count = 9;

const DeliverableResult* written(const RenderResult* result, const std::filesystem::path& path) {
    if (!result) return nullptr;
    for (const TrackResult& track : result->tracks)
        for (const DeliverableResult& d : track.deliverables)
            if (d.path == path) return &d;
    for (const DeliverableResult& d : result->album_files)
        if (d.path == path) return &d;
    return nullptr;
}

struct State {
    std::string text, tip;
    ImU32 colour;
    float share = -1;  ///< of a bar; below 0: none
};

/// Why a file is stale, and what was edited.
std::string why_stale(const DryRun::File& file, const std::vector<std::string>& changes) {
    constexpr std::size_t most = 8;
    std::string text = "will be written again: " + file.why;
    if (!changes.empty()) text += "\nsince the last render:";
    for (std::size_t i = 0; i < std::min(most, changes.size()); ++i) text += "\n  " + changes[i];
    if (changes.size() > most) text += fmt::format("\n  and {} more", changes.size() - most);
    return text;
}

State state_of(const DryRun::File& file, const std::vector<std::string>& changes, const DeliverableResult* made,
               const Deliverer& deliverer, bool is_chosen) {
    if (deliverer.is_running() && is_chosen) {
        const FileProgress::State now = deliverer.progress_of(file.path);
        if (now.is_done) return {"\u2713 in place", "it lies in its place, whole", look().good};
        if (now.share <= 0) return {"waiting", "the gain is being found, or other files come first", look().faint_text};
        const std::string left = now.seconds_left > 0 ? ", " + time_text(now.seconds_left) : "";
        return {fmt::format("{:.0f} %{}", 100 * now.share, left), "written so far, and the time left", look().text,
                static_cast<float>(now.share)};
    }
    if (made) return {"\u2713 written", "as the album stands", look().good};
    switch (file.fate) {
        case FileFate::fresh:
            return {"new", "there is no such file yet", look().text};
        case FileFate::unchanged:
            return {"unchanged", "made of just this by an earlier render: it stays as it is", look().good};
        case FileFate::stale:
            return {"\u25cb stale", why_stale(file, changes), look().caution};
        default:
            return {"\u25b2 in the way", "there, and not made by a render of this album", look().broken};
    }
}

void number_cell(const std::string& name, const std::string& text, ImU32 colour, const std::string& tip) {
    ImGui::TableNextColumn();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::InvisibleButton(name.c_str(), {std::max(width, 1.0f), ImGui::GetTextLineHeight()});
    name_item(name, text);
    explain(tip);
    draw_text({at.x + width, at.y}, colour, text, 1);
}

void text_cell(const std::string& text, ImU32 colour) {
    ImGui::TableNextColumn();
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    ImGui::TextUnformatted(shortened(text, ImGui::GetContentRegionAvail().x).c_str());
    ImGui::PopStyleColor();
    explain(text);
}

/// What is measured where it is known, else what is aimed at.
void level_cell(const std::string& name, const std::optional<double>& measured, bool is_measured,
                const std::optional<double>& target, const char* sign, int decimals, const char* tip) {
    if (is_measured)
        number_cell(name, measured_text(measured, "", decimals), look().text, "measured on the file");
    else
        number_cell(name, target ? sign + measured_text(target, "", decimals) : no_value, look().faint_text, tip);
}

void draw_state(const std::string& name, const State& state) {
    ImGui::TableNextColumn();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetTextLineHeight();
    ImGui::InvisibleButton((name + "/state").c_str(), {std::max(width, 1.0f), height});
    name_item(name, state.text);
    name_item(name + "/why", state.tip);
    explain(state.tip);
    if (state.share >= 0) {
        ImDrawList& draw = *ImGui::GetWindowDrawList();
        draw.AddRectFilled({at.x, at.y + height - px(3)}, {at.x + width, at.y + height}, look().line, px(1));
        draw.AddRectFilled({at.x, at.y + height - px(3)}, {at.x + width * state.share, at.y + height}, look().master,
                           px(1));
    }
    draw_text(at, state.colour, state.text);
}

void draw_row(const DryRun::File& file, const DeliverableResult* made, const State& state, std::size_t number,
              bool is_chosen) {
    const std::string name = fmt::format("deliver/file/{}", number);
    const ImU32 colour = is_chosen ? look().text : look().faint_text;
    const DeliverableResult* const known = made ? made : file.made ? &*file.made : nullptr;
    ImGui::TableNextRow();
    text_cell(file.path.filename().string(), colour);
    explain(file.path.string());
    text_cell(file.master + (file.version == "main" ? "" : ", " + file.version), colour);
    text_cell(file.delivery, colour);
    text_cell(file.format, colour);
    number_cell(name + "/rate", fmt::format("{:g}", file.sample_rate / 1000.0), colour, "sample rate, kHz");
    number_cell(name + "/bits", file.bits.empty() ? no_value : file.bits, colour, "bits a sample; none: lossy");
    level_cell(name + "/lufs", known ? known->measured.integrated_lufs : std::nullopt, known != nullptr,
               file.loudness_lufs, "\u2192 ", 1, "integrated loudness that the master aims at");
    level_cell(name + "/dbtp", known ? known->measured.true_peak_dbtp : std::nullopt, known != nullptr,
               file.ceiling_dbtp, "\u2264 ", 1, "ceiling that the file will keep");
    draw_state(name, state);
}

void draw_no_longer_made(const std::vector<std::filesystem::path>& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        ImGui::TableNextRow();
        text_cell(files[i].filename().string(), look().faint_text);
        explain(files[i].string());
        for (int column = 1; column < column_count - 1; ++column) ImGui::TableNextColumn();
        draw_state(fmt::format("deliver/no-longer-made/{}", i + 1),
                   {"\u25cb stale", "no delivery makes it any more; lathe render --prune removes it", look().caution});
    }
}

void draw_head() {
    struct Column {
        const char* title;
        float width;  ///< 0: what is left
        bool is_number;
    };
    static constexpr Column columns[] = {{"file", 0, false},    {"master", 84, false}, {"delivery", 64, false},
                                         {"format", 48, false}, {"kHz", 36, true},     {"bits", 32, true},
                                         {"LUFS", 56, true},    {"dBTP", 52, true},    {"state", 88, false}};
    static_assert(std::size(columns) == column_count);
    for (const Column& column : columns)
        ImGui::TableSetupColumn(column.title, column.width > 0 ? 0 : ImGuiTableColumnFlags_WidthStretch,
                                px(column.width));
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (const Column& column : columns) {
        ImGui::TableNextColumn();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = column.is_number ? ImGui::GetContentRegionAvail().x : 0;
        draw_text({at.x + width, at.y}, look().faint_text, column.title, column.is_number ? 1 : 0);
        ImGui::Dummy({0, ImGui::GetTextLineHeight()});
    }
}

}  // namespace

void draw_files(Studio& studio, const Foretold& plan, const RenderResult* result, float height,
                bool (*is_chosen)(const DryRun::File&, const Studio&)) {
    constexpr ImGuiTableFlags flags = ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingFixedFit;
    if (!ImGui::BeginTable("files", column_count, flags, {0, height})) return;
    ImGui::TableSetupScrollFreeze(0, 1);
    draw_head();
    for (std::size_t i = 0; i < plan.dry.files.size(); ++i) {
        const DryRun::File& file = plan.dry.files[i];
        const DeliverableResult* const made = written(result, file.path);
        const bool chosen = is_chosen(file, studio);
        draw_row(file, made, state_of(file, plan.changes, made, studio.deliverer, chosen), i + 1, chosen);
    }
    draw_no_longer_made(plan.dry.stale_files);
    ImGui::EndTable();
}

}  // namespace lathe
