// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/render/manifest.h"
#include "app/session/album_file.h"
#include "app/studio/shell/controls.h"
#include "app/studio/shell/look.h"
#include "app/studio/shell/named.h"
#include "app/studio/shell/plot_area.h"
#include "app/studio/shell/quantity.h"
#include "app/studio/views/change_words.h"
#include "app/studio/views/deliver_parts.h"
#include "app/studio/views/panels.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

/// Which deliverables are to be written.
struct Chosen {
    std::set<std::string> left_out;  ///< deliveries, by name
    bool only_song = false;          ///< the current one
} chosen;

bool is_chosen(const DryRun::File& file, const Studio& studio) {
    return !chosen.left_out.count(file.delivery) && (!chosen.only_song || file.track == studio.track);
}

Selection selection(const Studio& studio) {
    Selection wanted;
    for (const Delivery& delivery : studio.album().deliveries)
        if (!chosen.left_out.count(delivery.name)) wanted.deliveries.push_back(delivery.name);
    if (wanted.deliveries.size() == studio.album().deliveries.size()) wanted.deliveries.clear();
    if (chosen.only_song) wanted.tracks = {studio.track};
    return wanted;
}

/// In words, what was edited since the last render into the album's folder.
std::vector<std::string> changes_since_render(const Album& album) {
    try {
        const Manifest manifest(album.folder());
        return changes_in_words(parse_album(manifest.recipe().text, album.path), album);
    } catch (const InputError&) {
        return {};  // there was none, or of another kind of album
    }
}

/// What will be written, of the album as it stands.
std::shared_ptr<const Foretold> planned(Studio& studio) {
    RenderOptions options;
    options.cache = studio.settings.cache;
    const std::string key = fmt::format("plan {} {}", studio.document->revision(), studio.deliverer.ended());
    const auto plan =
        studio.analyses.value<Foretold>(key, [album = studio.document->shared_album(), options](const Cancel&) {
            return std::make_shared<const Foretold>(Foretold{dry_run(*album, options), changes_since_render(*album)});
        });
    studio.plan_error = plan ? "" : studio.analyses.why_none(key);
    return plan;
}

void draw_progress(Studio& studio) {
    Deliverer& deliverer = studio.deliverer;
    if (toggle("deliver/cancel", "cancel", false, "end the delivery; files that are finished stay, no others do"))
        deliverer.cancel();
    ImGui::SameLine();
    const double left = deliverer.seconds_left();
    const std::string text =
        left > 0 ? fmt::format("{:.0f} %, {} left", 100 * deliverer.share(), time_text(left)) : "beginning \u2026";
    ImGui::ProgressBar(static_cast<float>(deliverer.share()), {px(240), 0}, text.c_str());
    name_item("deliver/progress", text);
}

void draw_start(Studio& studio, const DryRun* plan) {
    int files = 0, fresh = 0;
    bool in_the_way = false;
    if (plan)
        for (const DryRun::File& file : plan->files)
            if (is_chosen(file, studio)) {
                ++files;
                fresh += file.fate != FileFate::unchanged;
                in_the_way |= file.fate == FileFate::in_the_way;
            }
    ImGui::BeginDisabled(files == 0);
    if (toggle("deliver/start", in_the_way ? "deliver, overwriting" : "deliver", false,
               in_the_way
                   ? "saves the album and writes every chosen file; some are there that no render of this album made"
                   : "saves the album and writes every chosen file; those that are unchanged stay as they are")) {
        studio.save();
        if (!studio.document->is_changed())
            studio.deliverer.start(studio.document->shared_album(), selection(studio), in_the_way);
    }
    ImGui::EndDisabled();
    ImGui::SameLine(0, px(12));
    ImGui::AlignTextToFramePadding();
    const std::string text =
        plan ? fmt::format("{} of {} files to write", fresh, plan->files.size()) : "looking what there is \u2026";
    ImGui::TextDisabled("%s", text.c_str());
    name_item("deliver/count", text);
    explain("into " + studio.album().folder().string());
}

/// A box for each delivery, and one for the song.
void draw_choice(const Studio& studio) {
    const auto box = [](const std::string& name, const std::string& text, bool on, const std::string& tip) {
        const float width = ImGui::GetFrameHeight() + ImGui::CalcTextSize(text.c_str()).x + px(8);
        ImGui::SameLine(0, px(12));
        if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
        const bool clicked = ImGui::Checkbox((text + "##" + name).c_str(), &on);
        name_item(name, on ? "on" : "off");
        explain(tip);
        return clicked;
    };
    for (const Delivery& delivery : studio.album().deliveries) {
        const bool on = !chosen.left_out.count(delivery.name);
        if (!box("deliver/write/" + delivery.name, delivery.name, on,
                 "write the files of [[deliver]] " + delivery.name))
            continue;
        if (on)
            chosen.left_out.insert(delivery.name);
        else
            chosen.left_out.erase(delivery.name);
    }
    if (box("deliver/write-song", "this song alone", chosen.only_song,
            "write the files of the current song alone; what is heard in them stays the same"))
        chosen.only_song = !chosen.only_song;
}

}  // namespace

void draw_deliver(Studio& studio) {
    const auto plan = planned(studio);
    const auto result = studio.deliverer.result();
    const auto of = studio.deliverer.album();
    const bool album_is_same = of && of->text == studio.album().text;
    const bool is_running = studio.deliverer.is_running();
    if (is_running) {
        draw_progress(studio);
    } else {
        draw_start(studio, plan ? &plan->dry : nullptr);
        draw_choice(studio);
    }
    name_place("deliver", ImGui::GetWindowPos(), ImGui::GetWindowPos(),
               is_running                ? "running"
               : result && album_is_same ? "done"
                                         : "idle");
    static std::shared_ptr<const Foretold> last;
    if (plan) last = plan;
    const RenderResult* const told = album_is_same ? result.get() : nullptr;
    const std::vector<RenderWarning> findings =
        told ? told->warnings : findings_before_delivery(studio.album(), *studio.board, plan ? &plan->dry : nullptr);
    const float foot = findings_height(studio, findings.size());
    if (last) draw_files(studio, *last, told, ImGui::GetContentRegionAvail().y - foot, is_chosen);
    draw_findings(studio, findings, told != nullptr);
}

}  // namespace lathe
