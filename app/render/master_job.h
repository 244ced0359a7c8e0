// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/render/compile.h"
#include "app/render/key.h"
#include "app/render/programme.h"
#include "app/render/programme_source.h"
#include "app/render/render_result.h"
#include "app/render/stage_clock.h"
#include "app/render/stage_gains.h"
#include "app/render/stored_audio.h"
#include "dsp/engine/engine.h"
#include "dsp/measure/loudness.h"

namespace lathe {

/// The audio of one programme before the gain point, and its loudness. Shared by all masters whose chains agree up to
/// there.
template <class Sample>
struct BeforeGainPoint {
    std::unique_ptr<StoredAudio<Sample>> audio;  ///< none: what the sources hold
    LoudnessBlocks loudness;
    std::vector<float> peaks;  ///< its PeakEnvelope
    Witness witness;           ///< of the run so far
    std::vector<StageGains> gains;
    bool from_cache = false;
};

/// One programme on its way to one master.
template <class Sample>
struct MasterJob {
    const Programme* programme = nullptr;
    const Master* master = nullptr;
    std::shared_ptr<const CompiledChain> before, after;
    Frames tail = 0;
    std::vector<Fade> fades;
    GainPointKey key_parts;
    std::string key;                                        ///< content address of what arrives at the gain point
    std::shared_ptr<const BeforeGainPoint<Sample>> stored;  ///< none: each run starts at the sources
    Reading delivery_reads = Reading::again;                ///< what is stored
    double solved_gain_db = 0;
    std::optional<double> gain_of_loudness_db;  ///< the solved gain that `loudness` was measured with
    LoudnessBlocks loudness;                    ///< of the unquantised master

    int channels_out() const { return after->plan.channels_out; }
    Frames frames_out() const { return programme->frames + tail; }
    /// Whether what arrives at the gain point lies in the sources as it is: reading it there again costs less than
    /// storing it.
    bool begins_at_gain_point() const { return before->plan.is_empty() && !programme->is_coded; }
    bool has_limiter() const { return after->has_limiter; }
    /// Whether nothing is done to the sound but the gain: no processor and no fade.
    bool is_bare() const { return before->plan.is_empty() && after->plan.is_empty() && fades.empty() && tail == 0; }
    /// All of the gain at the gain point for a part, on the grid of solved gains.
    double total_gain_db(const ProgrammePart& part) const;
    bool is_unity() const;           ///< no gain anywhere, input_db included
    std::string master_key() const;  ///< of the unquantised master with the solved gain
};

/// Gains at the gain point are whole multiples of this, so that the album file can hold them exactly.
inline constexpr double gain_grid_db = 0.0001;
double on_gain_grid(double db);       ///< the nearest
double down_on_gain_grid(double db);  ///< the nearest that is not above

/// Runs jobs on an engine.
template <class Sample>
class MasterRunner {
public:
    MasterRunner(Engine<Sample>& engine, const Cache& cache, StorageBudget& budget, StageClock& clock,
                 Progress& progress, const Cancel& cancel, MonoWeight mono)
        : engine_(engine),
          cache_(cache),
          budget_(budget),
          clock_(clock),
          progress_(progress),
          cancel_(cancel),
          mono_(mono) {}

    /// From here on no audio goes into the cache; records do.
    void keep_no_audio() { keeps_audio_ = false; }

    /// Everything up to the gain point: out of the cache, or rendered and kept.
    std::shared_ptr<const BeforeGainPoint<Sample>> to_gain_point(const MasterJob<Sample>& job, bool witnessed);
    /// The unquantised master with that solved gain, into sink. The witness also hears of what is stored. A run behind
    /// the last reading starts at the sources.
    std::vector<StageReport> run(const MasterJob<Sample>& job, double solved_gain_db, Sink<Sample>& sink,
                                 Witness* witness = nullptr, Reading reading = Reading::again);
    /// The same, measured: sets job.loudness.
    void measure(MasterJob<Sample>& job, double solved_gain_db);

    /// The same on another engine.
    template <class Other>
    MasterRunner<Other> on(Engine<Other>& engine) const {
        return {engine, cache_, budget_, clock_, progress_, cancel_, mono_};
    }

    /// Warns again of what was wrong with the job's files when they were read; for who leaves them unread.
    void recall_ends(const MasterJob<Sample>& job);
    /// What the sources' files gave cause for, each once.
    std::vector<RenderWarning> warnings() const;
    MonoWeight mono() const { return mono_; }
    StageClock& clock() { return clock_; }
    const Cancel& cancel() const { return cancel_; }

private:
    void note_ends(const MasterJob<Sample>& job, const std::vector<SilentEnd>& ends);
    void warn_of(const SilentEnd& end);
    std::shared_ptr<const BeforeGainPoint<Sample>> run_to_gain_point(const MasterJob<Sample>& job, bool witnessed);
    void keep(const MasterJob<Sample>& job, const BeforeGainPoint<Sample>& found, bool witnessed);

    Engine<Sample>& engine_;
    const Cache& cache_;
    StorageBudget& budget_;
    StageClock& clock_;
    Progress& progress_;
    const Cancel& cancel_;
    MonoWeight mono_;
    bool keeps_audio_ = true;
    mutable std::mutex mutex_;
    std::vector<RenderWarning> warnings_;
};

}  // namespace lathe
