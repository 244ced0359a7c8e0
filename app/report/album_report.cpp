// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/album_report.h"

#include <fmt/format.h>

#include "app/media/atomic_file.h"
#include "app/render/last_render.h"
#include "app/render/spectrogram_file.h"
#include "app/render/spectrum_file.h"
#include "app/report/spectrogram_report.h"
#include "app/session/album_file.h"
#include "dsp/core/error.h"
#include "dsp/measure/octave_bands.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

constexpr int most_resonances = 5, bands_an_octave = 12;
constexpr double least_confidence = 0.2, spectrogram_range_db = 90;

const DeliverableResult* shown_of(const std::vector<DeliverableResult>& files) {
    const DeliverableResult* shown = nullptr;
    for (const DeliverableResult& file : files) {
        if (file.stale || file.master != "main" || file.version != "main") continue;
        if (!shown || (shown->bits.empty() && !file.bits.empty())) shown = &file;
    }
    return shown;
}

std::vector<ReportedFile> files_of(const RenderResult& render) {
    std::vector<ReportedFile> files;
    for (const TrackResult& track : render.tracks)
        if (const DeliverableResult* file = shown_of(track.deliverables))
            files.push_back({std::to_string(track.number), track.title, *file, {}, {}, {}, {}, {}});
    if (files.empty())
        if (const DeliverableResult* file = shown_of(render.album_files))
            files.push_back({"", render.album_title, *file, {}, {}, {}, {}, {}});
    return files;
}

void measure(ReportedFile& reported, MonoWeight mono, const RenderOptions& options, const Cancel& cancel) {
    const std::filesystem::path& path = reported.file.path;
    const FileLevels levels = levels_of_file(path, mono, options.cache, cancel);
    reported.levels = levels.history;
    reported.spectrum = in_octave_bands(spectrum_of_file(path, {}, cancel).spectrum, bands_an_octave);
    FileSpectrogram spectrogram({path, {}, options.spill_folder}, options.cache, cancel);
    reported.spectrogram_png = spectrogram_picture(
        spectrogram, {0, levels.info.duration_s(), spectrogram_range_db, "Spectrogram"}, light_theme, cancel);
    if (levels.info.duration_s() < ResonanceEvidenceMeter::shortest_s) return;
    reported.resonances = find_resonances_of_file(path, most_resonances, cancel).resonances;
    std::erase_if(reported.resonances, [](const Resonance& r) { return r.confidence < least_confidence; });
}

/// What the chain did to every track, where its sources are still there.
void add_gains(AlbumReport& report, const RenderOptions& options, const Cancel& cancel) {
    std::map<std::string, double> solved_gain_db;
    for (const TrackResult& track : report.render.tracks)
        if (const DeliverableResult* file = shown_of(track.deliverables))
            solved_gain_db[track.id] = file->solved_gain_db;
    std::map<std::string, std::vector<StageGains>> curves;
    try {
        curves = gain_curves(report.album, options, solved_gain_db, cancel);
    } catch (const InputError&) {
        return;
    }
    for (ReportedFile& file : report.files)
        for (const TrackResult& track : report.render.tracks)
            if (std::to_string(track.number) == file.number) file.gains = std::move(curves[track.id]);
}

}  // namespace

AlbumReport gather_report(const std::filesystem::path& render, const RenderOptions& options, const Cancel& cancel) {
    const bool is_folder = std::filesystem::is_directory(render);
    const std::string text = !is_folder && render.extension() == ".toml" ? read_text_file(render) : "";
    AlbumReport report;
    report.render = last_render(is_folder ? render : render.parent_path());
    const Recipe& recipe = report.render.recipe;
    report.album = parse_album(recipe.text, recipe.album);
    report.edited = !text.empty() && text != recipe.text;
    report.files = files_of(report.render);
    if (report.files.empty())
        throw InputError(
            fmt::format("{}: lists no file of the main master; render one first", report.render.manifest.string()));
    for (const ReportedFile& reported : report.files)
        if (!std::filesystem::exists(reported.file.path))
            throw InputError(
                fmt::format("{}: was rendered and is gone; render the album again", reported.file.path.string()));
    const MonoWeight mono = report.album.info.mono == MonoLoudness::dual ? MonoWeight::dual : MonoWeight::single;
    in_parallel(report.files.size(), [&](std::size_t i) { measure(report.files[i], mono, options, cancel); });
    add_gains(report, options, cancel);
    return report;
}

}  // namespace lathe
