// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/cancel.h"
#include "dsp/core/witness.h"
#include "dsp/dynamics/gain_history.h"
#include "dsp/engine/plan.h"

namespace lathe {

/// Where a programme's frames come from: silence where it has none of its own.
template <class Sample>
class Source {
public:
    virtual ~Source() = default;
    virtual int channels() const = 0;
    virtual Frames frames() const = 0;  ///< in all
    /// Fills out, [channels][n], with the next n frames; never asked for more than are left.
    virtual void read(AudioView<Sample> out) = 0;
};

/// Where they go. Called in order, from one thread at a time.
template <class Sample>
class Sink {
public:
    virtual ~Sink() = default;
    virtual void write(AudioView<const Sample> audio) = 0;
};

/// Counts frames as they pass; read by whoever draws it.
class Progress {
public:
    void advance(Frames frames) { done_.fetch_add(frames, std::memory_order_relaxed); }
    Frames done() const { return done_.load(std::memory_order_relaxed); }

private:
    std::atomic<Frames> done_{0};
};

/// What a limiter did to one programme.
struct LimiterActivity {
    double max_reduction_db = 0;   ///< at most 0
    double mean_reduction_db = 0;  ///< over the frames in which it was active; at most 0
    double active_share = 0;       ///< of all frames, 0…1
};

struct StageReport {
    std::string name;
    double busy_s = 0;  ///< processor time, over all threads
    std::optional<LimiterActivity> limiter;
    std::vector<StageGains> gains;  ///< what moved in it: a dynamics stage's own, or those of the stages of a splice
};

/// What a plan runs on. An engine is a place, not another program: the samples agree with the CPU's.
template <class Sample>
class Engine {
public:
    virtual ~Engine() = default;
    virtual std::string name() const = 0;  ///< "cpu"
    /// The whole of source through the plan into sink, as many frames out as in. Throws Cancelled within 100 ms of a
    /// request, BadSetting for a plan that cannot be built, and whatever source and sink throw. A witness hears what
    /// every stage differs from double by, as loud as the gains behind it make that.
    virtual std::vector<StageReport> run(const Plan& plan, Source<Sample>& source, Sink<Sample>& sink,
                                         Progress& progress, const Cancel& cancel, Witness* witness = nullptr) = 0;
};

/// The reference: this machine's processor, all cores that oneTBB's arena has.
template <class Sample>
std::unique_ptr<Engine<Sample>> cpu_engine();

}  // namespace lathe
