// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/render/cache.h"
#include "app/render/compile_memory.h"
#include "app/render/file_progress.h"
#include "app/render/render_result.h"
#include "app/render/selection.h"
#include "app/session/album.h"
#include "dsp/core/cancel.h"

namespace lathe {

enum class Precision { f32, f64 };

/// How a render proves its own rounding (NullCertificate).
enum class Certify { sampled, full, off };
inline constexpr std::array<std::string_view, 3> certify_modes{"sampled", "full", "off"};

struct RenderOptions {
    std::filesystem::path out_folder;    ///< empty: beside the album
    std::filesystem::path spill_folder;  ///< of working files
    Cache cache;                         ///< what other renders left, and this one leaves
    Selection selection;
    Precision precision = Precision::f32;
    Certify certify = Certify::sampled;
    bool force = false, prune = false;
    CompileMemory* memory = nullptr;  ///< of earlier renders in this process; none: each starts anew
};

/// How far a render is, for whoever draws it: a share of 0…1 that never falls.
class RenderProgress {
public:
    FileProgress& files() { return files_; }
    const FileProgress& files() const { return files_; }
    void expect(double work) { expected_.fetch_add(work); }
    Progress& frames() { return frames_; }
    double done_share() const;
    double done() const { return static_cast<double>(frames_.done()); }

private:
    Progress frames_;
    FileProgress files_;
    std::atomic<double> expected_{0};
    mutable std::atomic<double> shown_{0};
};

/// The main job: every deliverable of the selection, mastered, measured and written. Compile, key, run, solve, deliver.
/// Throws InputError (nothing is written), SystemError, Cancelled (finished files stay, unfinished ones do not). A
/// missed target or a passed ceiling is no exception but a warning and target_failed.
RenderResult render_album(const Album& album, const RenderOptions& options, RenderProgress& progress,
                          const Cancel& cancel);

/// The gains that a render of the whole album would solve: for each master the typed and solved gain of every track.
struct SolvedGains {
    struct Gain {
        std::string master, track;
        double typed_db = 0;  ///< [album] or [[master]] gain_db and the track's
        double solved_db = 0;
    };
    std::vector<Gain> gains;
    std::vector<RenderWarning> warnings;
    bool target_failed = false;
};
SolvedGains solve_album(const Album& album, const RenderOptions& options, RenderProgress& progress,
                        const Cancel& cancel);

}  // namespace lathe
