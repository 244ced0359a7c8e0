// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/linear_runs.h"

#include "dsp/threads/in_parallel.h"

namespace lathe {

LinearRuns::LinearRuns(const Chain& chain, double rate, int channels, SourceLibrary& library, const Cache& cache,
                       CompileMemory* memory)
    : rate_(rate), channels_(channels), library_(library), cache_(cache), memory_(memory) {
    bool goes_on = false;
    for (const ChainEntry& entry : chain) {
        if (is_linear(entry) && !goes_on) runs_.emplace_back();
        goes_on = is_linear(entry);
        if (goes_on) runs_.back().entries.push_back(&entry);
    }
    in_parallel(runs_.size(), [this](std::size_t i) {
        try {
            runs_[i].made = design(runs_[i], channels_);
        } catch (...) {
            runs_[i].failure = std::current_exception();
        }
    });
}

std::shared_ptr<const LinearRun> LinearRuns::design(const Run& run, int channels) const {
    return linear_run(run.entries, rate_, channels, library_, cache_, memory_);
}

// A processor between may have made two channels of one: then what was designed ahead is of no use.
std::shared_ptr<const LinearRun> LinearRuns::next(int channels) {
    const Run& run = runs_[next_++];
    if (channels != channels_) return design(run, channels);
    if (run.failure) std::rethrow_exception(run.failure);
    return run.made;
}

}  // namespace lathe
