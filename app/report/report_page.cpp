// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/report/gain_chart.h"
#include "app/report/html.h"
#include "app/report/level_charts.h"
#include "app/report/table.h"

namespace lathe {
namespace {

std::string format_text(const DeliverableResult& d) {
    return fmt::format("{}{} {:g} kHz", d.format, d.bits.empty() ? "" : " " + d.bits, d.sample_rate / 1000.0);
}

std::string name_of(const ReportedFile& file) {
    return file.number.empty() ? file.title : fmt::format("{} {}", file.number, file.title);
}

LevelTargets targets_of(const AlbumReport& report) {
    const MasterTarget& target = report.album.main().target;
    return {target.loudness_lufs, target.true_peak_dbtp};
}

std::string fact(const std::string& value, const std::string& what) {
    return html::element("div", escaped(value) + "<span>" + escaped(what) + "</span>");
}

std::string head_of(const AlbumReport& report) {
    const RenderResult& render = report.render;
    const AlbumInfo& info = report.album.info;
    const LevelTargets targets = targets_of(report);
    std::string facts = fact(clock_text(render.album_duration_s), "playing time") +
                        fact(fixed(render.album_integrated_lufs, 1) + " LUFS", "integrated loudness") +
                        fact(fixed(render.album_loudness_range_lu, 1) + " LU", "loudness range") +
                        fact(fixed(render.album_true_peak_dbtp, 2) + " dBTP", "true peak");
    if (targets.loudness_lufs) facts += fact(fixed(targets.loudness_lufs, 1) + " LUFS", "target");
    if (targets.true_peak_dbtp) facts += fact(fixed(targets.true_peak_dbtp, 1) + " dBTP", "ceiling");
    std::string credits = info.artist;
    for (const std::string* more : {&info.catalog, &info.upc, &info.revision})
        if (!more->empty()) credits += (credits.empty() ? "" : " · ") + *more;
    return html::heading(1, render.album_title.empty() ? "Untitled album" : render.album_title) +
           (credits.empty() ? "" : html::paragraph(credits, "soft")) + html::element("div", facts, "facts");
}

std::string track_table(const AlbumReport& report) {
    html::Table table({"#", "title", "time", "LUFS", "S max", "LRA LU", "dBTP", "PLR LU", "gain dB", "limiter max",
                       "limiter mean", "limiting"},
                      {1});
    for (const ReportedFile& reported : report.files) {
        const DeliverableResult& d = reported.file;
        const FileMeasurement& m = d.measured;
        table.add({reported.number, reported.title, clock_text(d.duration_s), fixed(m.integrated_lufs, 1),
                   fixed(m.short_term_max_lufs, 1), fixed(m.loudness_range_lu, 1), fixed(m.true_peak_dbtp, 2),
                   fixed(m.plr_lu, 1), fmt::format("{:+.2f}", d.gain_db), fixed(d.limiter.max_reduction_db, 1),
                   fixed(d.limiter.mean_reduction_db, 1), fmt::format("{:.0f} %", 100 * d.limiter.active_share)});
    }
    return html::heading(2, "Tracks") + table.markup();
}

void add_deliverables(html::Table& table, const std::string& number, const std::vector<DeliverableResult>& list) {
    for (const DeliverableResult& d : list) {
        const FileMeasurement& m = d.measured;
        std::string master = d.master == "main" ? "" : d.master;
        if (d.version != "main") master += (master.empty() ? "" : ", ") + d.version;
        table.add({number, d.path.filename().string(), d.name, master, format_text(d), clock_text(d.duration_s),
                   fixed(m.integrated_lufs, 1), fixed(m.true_peak_dbtp, 2), fixed(m.loudness_range_lu, 1),
                   fmt::format("{:+.2f}", d.gain_db), d.stale ? "no longer made" : ""});
    }
}

std::string deliverable_table(const RenderResult& render) {
    html::Table table(
        {"#", "file", "delivery", "master, version", "format", "time", "LUFS", "dBTP", "LRA LU", "gain dB", ""},
        {1, 2, 3, 4, 10});
    for (const TrackResult& track : render.tracks)
        add_deliverables(table, std::to_string(track.number), track.deliverables);
    add_deliverables(table, "", render.album_files);
    return html::heading(2, "Files") + table.markup();
}

std::string findings(const AlbumReport& report) {
    html::Table table({"", "track", "delivery", "at", ""}, {0, 1, 2, 4});
    for (const RenderWarning& w : report.render.warnings)
        table.add({w.severity == "fail" ? "failed" : w.severity, w.track, w.deliverable,
                   w.time_s ? clock_text(*w.time_s) : "", w.message},
                  w.severity == "info" ? "" : "warn");
    std::string text = html::heading(2, "Findings");
    if (report.edited)
        text += html::paragraph(
            "The album file no longer says what this render was made from; render it again to bring the two together.");
    return text + (report.render.warnings.empty() ? html::paragraph("The render gave no warning.") : table.markup());
}

std::string album_loudness(const AlbumReport& report) {
    std::vector<NamedHistory> parts;
    for (const ReportedFile& file : report.files) parts.push_back({file.number, &file.levels});
    Chart chart = album_loudness_chart(parts, "The album over time", targets_of(report));
    chart.height = 440;
    return html::heading(2, "Loudness") + chart_svg(chart);
}

/// A list of names beside their strokes, for more curves than have room above a chart.
std::string legend(const std::vector<ReportedFile>& files, int solid) {
    std::string items;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const int series = static_cast<int>(i);
        items += html::element(
            "li",
            fmt::format("<svg viewBox=\"0 0 26 8\"><path class=\"l s{}\" stroke-width=\"3\"{} d=\"M0 4H26\"/></svg>{}",
                        series % solid, series < solid ? "" : " stroke-dasharray=\"6 5\"", escaped(name_of(files[i]))));
    }
    return html::element("ul", items, "legend");
}

std::string spectra(const AlbumReport& report) {
    constexpr int solid = 8;
    double highest = -200;
    for (const ReportedFile& file : report.files)
        for (const double db : file.spectrum.average_db) highest = std::max(highest, db);
    const double high = std::max(-100.0, std::ceil(highest / 10) * 10);
    Chart chart{"Average spectra in twelfths of an octave",
                frequency_axis({20, 20000}),
                linear_axis({high - 80, high}, "level in dB, full-scale sine = 0"),
                {},
                {},
                {},
                {}};
    for (std::size_t i = 0; i < report.files.size(); ++i) {
        const Spectrum& s = report.files[i].spectrum;
        const int series = static_cast<int>(i);
        chart.curves.push_back({s.hz, s.average_db, series % solid, 1.6, series >= solid});
    }
    chart.height = 560;
    return html::heading(2, "Spectra") + chart_svg(chart) + legend(report.files, solid);
}

std::string resonance_table(const std::vector<Resonance>& resonances) {
    if (resonances.empty()) return html::paragraph("No resonances found.", "soft");
    html::Table table({"Hz", "note", "Q", "above dB", "T60 s", "present", "kind", "in", "sure", "suggested cut"},
                      {1, 6, 7, 9});
    for (const Resonance& r : resonances) {
        const int decimals = r.frequency_hz < 1000 ? 1 : 0;
        table.add({fixed(r.frequency_hz, decimals), note_name(r.frequency_hz), fixed(r.q, 1), fixed(r.prominence_db, 1),
                   fixed(r.decay_t60_s, 3), fmt::format("{:.0f} %", 100 * r.presence),
                   r.kind == ResonanceKind::fixed ? "fixed" : "note",
                   std::string(channel_words[static_cast<std::size_t>(r.channel)]), fmt::format("{:.2f}", r.confidence),
                   fmt::format("bell {} Hz, {} dB, Q {}", fixed(r.frequency_hz, decimals), fixed(r.cut_db, 1),
                               fixed(r.q, 1))});
    }
    return table.markup();
}

std::string track_section(const AlbumReport& report, const ReportedFile& file) {
    LevelTargets targets = targets_of(report);
    targets.true_peak_dbtp = file.file.ceiling_dbtp;
    Chart loudness = loudness_chart(file.levels, "Loudness over time", targets);
    loudness.height = 440;
    Chart waveform = waveform_chart(file.levels, "Waveform, all channels");
    waveform.height = 300;
    std::string body = html::heading(2, name_of(file)) + chart_svg(loudness) + chart_svg(waveform);
    if (!file.gains.empty()) {
        Chart gains = gain_chart(file.gains, "Gain of the dynamics");
        gains.height = 360;
        body += chart_svg(gains);
    }
    body += html::picture(file.spectrogram_png, "Spectrogram of " + name_of(file));
    return html::element("section", body + html::heading(3, "Resonances") + resonance_table(file.resonances), "track");
}

}  // namespace

std::string report_page(const AlbumReport& report) {
    std::string body =
        head_of(report) + track_table(report) + findings(report) + album_loudness(report) + spectra(report);
    for (const ReportedFile& file : report.files) body += track_section(report, file);
    body += deliverable_table(report.render);
    body += html::element(
        "footer", html::paragraph("Loudness by BS.1770-5, range by EBU Tech 3342, true peak at 32 times the rate; "
                                  "all read back from the written files. Curves are of the first file of each "
                                  "track that loses nothing.",
                                  "soft") +
                      html::paragraph(report.render.manifest.string(), "soft"));
    return html::page(report.render.album_title.empty() ? "Album report" : report.render.album_title, body);
}

}  // namespace lathe
