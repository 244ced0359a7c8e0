// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/render_description.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "app/render/certificate.h"
#include "app/render/render_units.h"

namespace lathe {
namespace {

const std::string main_master = "main";

/// Master main, version main: pooled over the first delivery that has it.
void describe_album(RenderResult& result) {
    std::string delivery;
    std::vector<LoudnessPart> parts;
    const auto count = [&](const DeliverableResult& d) {
        if (d.master != main_master || d.version != main_version) return;
        if (const auto peak = d.measured.true_peak_dbtp)
            result.album_true_peak_dbtp = std::max(result.album_true_peak_dbtp.value_or(-INFINITY), *peak);
        if (delivery.empty()) delivery = d.name;
        if (d.name != delivery) return;
        parts.push_back({&d.measured.loudness});
        result.album_duration_s += d.duration_s;
    };
    for (const TrackResult& track : result.tracks)
        for (const DeliverableResult& d : track.deliverables) count(d);
    for (const DeliverableResult& d : result.album_files) count(d);
    result.album_integrated_lufs = integrated_lufs(parts);
    result.album_loudness_range_lu = loudness_range_lu(parts);
}

TrackResult describe_track(const Track& track, const DeliveryPlan& plan, const DeliveredStreams& delivered) {
    TrackResult result{
        track.id, track.info.title, track.source.string(), track.number, track.info.input_db, track.info.gain_db, {}};
    for (const PlannedStream& stream : plan.streams)
        if (const auto made = delivered.find(&stream); made != delivered.end())
            for (const DeliveredFile& file : made->second.files)
                if (file.track == &track) result.deliverables.push_back(file.result);
    return result;
}

}  // namespace

std::vector<RenderWarning> warnings_of(const PlannedStream& stream, const DeliveredStream& delivered,
                                       bool has_limiter) {
    std::vector<RenderWarning> warnings = delivered.warnings;
    const auto fail = [&](const char* code, const std::string& track, const std::string& message) {
        warnings.push_back({code, "fail", track, stream.delivery->name, {}, said_of(stream.version, message)});
    };
    const auto passed = [&](const std::string& track, double peak) {
        fail(
            "ceiling", track,
            fmt::format("{:.2f} dBTP passes the ceiling of {:.2f} dBTP; add a limiter at the end of the chain, or turn "
                        "it down",
                        peak, *stream.format.ceiling_dbtp));
    };
    for (const DeliveredFile& file : delivered.files)
        if (!holds(file.result.certificate))
            fail("null_certificate", file.track->id,
                 fmt::format("lies {:.1f} dBFS RMS from the same render in double; render it with --precision f64",
                             *file.result.certificate.rms_dbfs));
    if (delivered.ceiling_passed && !delivered.files.empty())
        passed(delivered.files.front().track->id, delivered.files.front().result.measured.true_peak_dbtp.value_or(0));
    if (!stream.format.ceiling_dbtp || has_limiter || stream.format.write.format == SampleFormat::lossy)
        return warnings;
    for (const DeliveredFile& file : delivered.files)
        if (file.result.measured.true_peak_dbtp.value_or(-INFINITY) >
            *stream.format.ceiling_dbtp + ceiling_tolerance_db)
            passed(file.track->id, *file.result.measured.true_peak_dbtp);
    return warnings;
}

template <class Sample>
void describe(Production<Sample>& production, const DeliveredStreams& delivered, RenderResult& result) {
    const Album& album = production.album();
    result.album_title = album.info.title;
    for (const Track& track : album.tracks)
        result.tracks.push_back(describe_track(track, production.plan(), delivered));
    std::set<const MasterJob<Sample>*> counted;
    for (const PlannedStream& stream : production.plan().streams) {
        const auto made = delivered.find(&stream);
        if (made == delivered.end()) continue;
        for (RenderWarning& warning : warnings_of(stream, made->second, job_of(production, stream, 0)->has_limiter())) {
            result.target_failed |= warning.severity == "fail";
            result.warnings.push_back(std::move(warning));
        }
        for (std::size_t i = 0; i < stream.reel.size(); ++i)
            if (const MasterJob<Sample>* job = job_of(production, stream, i); counted.insert(job).second)
                result.audio_s += static_cast<double>(job->programme->frames) / job->programme->rate;
    }
    describe_album(result);
}

template void describe(Production<float>&, const DeliveredStreams&, RenderResult&);
template void describe(Production<double>&, const DeliveredStreams&, RenderResult&);

}  // namespace lathe
