// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/render/gain_point_key.h"
#include "app/render/measure_file.h"
#include "dsp/engine/engine.h"

/// What a render made and what it measured: the document behind the JSON, the tables and the manifest.
namespace lathe {

struct RenderWarning {
    std::string code;  ///< "loudness_target", "ceiling", "silent", …
    std::string severity = "warn";
    std::string track, deliverable;
    std::optional<double> time_s;
    std::string message;
};

/// How far the unquantised master lies from the same render in double: over every frame (--certify full), or the sum of
/// what every stage adds at sampled places. No value: nothing was computed, or nothing differs.
struct NullCertificate {
    std::optional<double> rms_dbfs, peak_dbfs;
    std::int64_t samples = 0;  ///< compared
};

/// One written file.
struct DeliverableResult {
    std::string name, master, version;
    std::filesystem::path path;  ///< absolute
    std::string format;
    int sample_rate = 0;
    std::string bits;  ///< "16", "24", "32", "float"; empty for lossy formats
    int channels = 0;
    double duration_s = 0;
    double gain_db = 0;         ///< all of it, at the gain point
    double solved_gain_db = 0;  ///< the solved share of it
    std::optional<double> ceiling_dbtp;
    double ceiling_repair_db =
        0;  ///< the most that the delivered samples were turned down beside the limiter; at most 0
    LimiterActivity limiter;
    NullCertificate certificate;
    FileMeasurement measured;  ///< of the file as written
    std::string sha256, audio_sha256;
    bool stale = false;  ///< listed by the last manifest and no longer made
};

struct TrackResult {
    std::string id, title, source;
    int number = 0;
    double input_db = 0, gain_db = 0;
    std::vector<DeliverableResult> deliverables;
};

/// A file that a render read, and the content address of its bytes.
struct InputFile {
    std::filesystem::path path;  ///< absolute
    std::string hash;
};

/// What a render was made from: enough to make it again.
struct Recipe {
    std::filesystem::path album;  ///< where the album file lay
    std::string text;             ///< what it said, with the edits of this render
    std::vector<InputFile> inputs;
};

struct StageTiming {
    std::string name;
    double busy_s = 0;
    bool cached = false;
};

/// A programme up to the gain point: had from an earlier render, or rendered, and why.
struct ProgrammeOrigin {
    std::string master, programme;  ///< names
    GainPointKey key;
    bool cached = false;
    std::string why{};  ///< why it was not; empty if it was
};

struct RenderResult {
    std::string album_title;
    std::optional<double> album_integrated_lufs, album_true_peak_dbtp, album_loudness_range_lu;
    double album_duration_s = 0;
    std::vector<TrackResult> tracks;
    std::vector<DeliverableResult> album_files;  ///< of layout = "album"
    std::string device = "cpu", simd, precision = "f32";
    int threads = 1;
    double wall_s = 0, audio_s = 0;
    std::vector<StageTiming> stages;
    std::vector<RenderWarning> warnings;
    std::vector<std::filesystem::path> stale_files, pruned_files;
    Recipe recipe;
    std::filesystem::path manifest;
    std::vector<ProgrammeOrigin> origins;  ///< of the programmes that something was done with
    int files_in_place = 0;                ///< made by an earlier render and left as they are
    int files_retagged = 0;                ///< written out of what an earlier render made, for their names or tags
    bool target_failed = false;            ///< a target or ceiling was missed: exit code 1
};

}  // namespace lathe
