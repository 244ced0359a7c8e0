// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/chain_designs.h"

#include "dsp/linear/crossover.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {

ChainDesigns::ChainDesigns(const Chain& chain, double rate, int channels, SourceLibrary& library, const Cache& cache,
                           CompileMemory* memory)
    : rate_(rate), channels_(channels), library_(library), cache_(cache), memory_(memory) {
    bool goes_on = false;
    for (const ChainEntry& entry : chain) {
        if (is_linear(entry) && !goes_on) runs_.emplace_back();
        goes_on = is_linear(entry);
        if (goes_on) runs_.back().entries.push_back(&entry);
        if (const auto* settings = std::get_if<MultibandSettings>(&entry.settings)) crossovers_.push_back({settings});
    }
    in_parallel(runs_.size() + crossovers_.size(), [this](std::size_t i) {
        if (i < runs_.size()) {
            Run& run = runs_[i];
            run.design.make([&] { return design(run, channels_); });
        } else {
            Crossover& crossover = crossovers_[i - runs_.size()];
            const MultibandSettings& s = *crossover.settings;
            crossover.design.make([&] { return design_crossover(s.crossovers_hz, s.slope_db_oct, rate_); });
        }
    });
}

std::shared_ptr<const LinearRun> ChainDesigns::design(const Run& run, int channels) const {
    return linear_run(run.entries, rate_, channels, library_, cache_, memory_);
}

// A processor between may have made two channels of one: then what was designed ahead is of no use.
std::shared_ptr<const LinearRun> ChainDesigns::next_run(int channels) {
    Run& run = runs_[next_run_++];
    return channels == channels_ ? run.design.take() : design(run, channels);
}

std::vector<Fir> ChainDesigns::next_crossover() { return crossovers_[next_crossover_++].design.take(); }

}  // namespace lathe
