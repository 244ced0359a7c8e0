// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/render_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "app/report/table.h"

namespace lathe {
namespace {

using Align = Table::Align;

std::string format_text(const DeliverableResult& d) {
    return fmt::format("{} {}{}", d.format, d.bits.empty() ? "" : d.bits + "/",
                       fmt::format("{:g}k", d.sample_rate / 1000.0));
}

std::vector<std::string> row_of(const std::string& number, const std::string& title, const DeliverableResult& d) {
    const FileMeasurement& m = d.measured;
    return {number,
            title,
            d.name,
            format_text(d),
            clock_text(d.duration_s),
            fixed(m.integrated_lufs, 1),
            fixed(m.short_term_max_lufs, 1),
            fixed(m.loudness_range_lu, 1),
            fixed(m.true_peak_dbtp, 2),
            fmt::format("{:+.2f}", d.gain_db),
            fixed(d.limiter.max_reduction_db, 1),
            fixed(d.certificate.rms_dbfs, 0)};
}

std::string loudness_table(const RenderResult& result) {
    Table table({Align::right, Align::left, Align::left, Align::left, Align::right, Align::right, Align::right,
                 Align::right, Align::right, Align::right, Align::right, Align::right});
    table.add(
        {"#", "title", "delivery", "format", "time", "LUFS", "S max", "LRA", "dBTP", "gain dB", "GR max", "null dBFS"});
    for (const TrackResult& track : result.tracks)
        for (const DeliverableResult& d : track.deliverables) {
            const std::string version = d.version == "main" ? "" : " (" + d.version + ")";
            table.add(row_of(std::to_string(track.number), track.title + version, d));
        }
    for (const DeliverableResult& d : result.album_files) table.add(row_of("", "(album file)", d));
    table.add({"", "album", "", "", clock_text(result.album_duration_s), fixed(result.album_integrated_lufs, 1), "",
               fixed(result.album_loudness_range_lu, 1), fixed(result.album_true_peak_dbtp, 2), "", "", ""});
    return table.text();
}

/// What was had from earlier renders, and why the rest was not: a line for each reason.
std::string origins_text(const RenderResult& result, std::size_t files) {
    std::map<std::string, std::vector<std::string>> rendered;
    for (const ProgrammeOrigin& origin : result.origins)
        if (!origin.cached) rendered[origin.why].push_back(origin.programme);
    std::string text;
    if (result.files_in_place > 0)
        text += fmt::format("{} of {} files were in place and stay\n", result.files_in_place, files);
    if (result.files_retagged > 0)
        text += fmt::format("{} of {} files have the sound of an earlier render, and new names or tags\n",
                            result.files_retagged, files);
    for (const auto& [why, programmes] : rendered) {
        if (programmes.size() == result.origins.size()) continue;  // all of them: nothing to tell apart
        text += fmt::format("rendered track{} {}: {}\n", programmes.size() > 1 ? "s" : "", fmt::join(programmes, ", "),
                            why);
    }
    return text;
}

}  // namespace

std::string warning_text(const RenderWarning& warning) {
    std::string where;
    if (!warning.track.empty()) where += "track " + warning.track + ": ";
    if (!warning.deliverable.empty()) where += warning.deliverable + ": ";
    return fmt::format("{}: {}{}", warning.severity == "fail" ? "failed" : "warning", where, warning.message);
}

std::string stage_text(const RenderResult& result) {
    std::vector<StageTiming> stages = result.stages;
    std::stable_sort(stages.begin(), stages.end(), [](const auto& a, const auto& b) { return a.busy_s > b.busy_s; });
    Table table({Align::left, Align::right, Align::right});
    table.add({"stage", "busy s", "ns/frame"});
    const double frames = result.audio_s * 44100;
    for (const StageTiming& stage : stages)
        table.add({stage.name + (stage.cached ? " (cached)" : ""), fixed(stage.busy_s, 2),
                   frames > 0 ? fixed(1e9 * stage.busy_s / frames, 1) : ""});
    return table.text();
}

std::string render_text(const RenderResult& result) {
    std::string text = loudness_table(result);
    std::size_t files = result.album_files.size();
    for (const TrackResult& track : result.tracks) files += track.deliverables.size();
    text += fmt::format("\n{} file{} in {}\n", files, files == 1 ? "" : "s", result.manifest.parent_path().string());
    for (const auto& file : result.pruned_files) text += fmt::format("removed {}\n", file.string());
    for (const auto& file : result.stale_files)
        text += fmt::format("stale {} (no longer made; --prune removes it)\n", file.string());
    text += origins_text(result, files);
    text += fmt::format("{} of audio in {:.2f} s: {:.0f}× real time, {} threads, {}\n", clock_text(result.audio_s),
                        result.wall_s, result.wall_s > 0 ? result.audio_s / result.wall_s : 0.0, result.threads,
                        result.simd);
    return text;
}

std::string dry_run_text(const DryRun& dry) {
    Table files({Align::left, Align::left, Align::left, Align::left, Align::left});
    files.add({"track", "delivery", "master", "", "file"});
    for (const DryRun::File& file : dry.files)
        files.add({file.track.empty() ? "(album)" : file.track, file.delivery, file.master,
                   std::string(file_fates[static_cast<std::size_t>(file.fate)]),
                   file.path.string() + (file.why.empty() ? "" : " (" + file.why + ")")});
    Table stages({Align::left, Align::left, Align::left, Align::left});
    stages.add({"programme", "master", "cached", "stages"});
    for (const DryRun::Stage& stage : dry.stages)
        stages.add({stage.programme, stage.master, stage.cached ? "yes" : "no: " + stage.why, stage.names});
    std::string text = files.text() + "\n" + stages.text();
    for (const auto& file : dry.stale_files) text += fmt::format("stale {}\n", file.string());
    return text;
}

std::string verification_text(const Verification& found) {
    if (found.holds()) return fmt::format("verified: {} files, byte for byte\n", found.files.size());
    Table table({Align::left, Align::left});
    table.add({"verdict", "file"});
    for (const Verification::File& file : found.files)
        table.add({std::string(verdict_names[static_cast<std::size_t>(file.verdict)]), file.path.string()});
    std::string text = table.text();
    if (found.simd != found.listed_simd)
        text += fmt::format("made on {}, verified on {}: the same sound, but not the same bytes\n", found.listed_simd,
                            found.simd);
    return text;
}

}  // namespace lathe
