// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <memory>
#include <utility>
#include <vector>

#include "app/render/linear_run.h"

namespace lathe {

/// What is designed for a chain, all of it side by side: its linear runs, of which a room takes as long as all the
/// rest, and the crossovers of its multibands.
class ChainDesigns {
public:
    /// channels: that go into the chain. The rest as for linear_run(); responses that the chain names have been loaded.
    ChainDesigns(const Chain& chain, double rate, int channels, SourceLibrary& library, const Cache& cache,
                 CompileMemory* memory);
    /// The next run, of as many channels as come to it. Throws what its design threw.
    std::shared_ptr<const LinearRun> next_run(int channels);
    /// The bands of the next multiband's crossover. Throws what its design threw.
    std::vector<Fir> next_crossover();

private:
    /// What was designed ahead, or what its design threw.
    template <class Thing>
    class Ahead {
    public:
        template <class Design>
        void make(Design design) {
            try {
                made_ = design();
            } catch (...) {
                failure_ = std::current_exception();
            }
        }
        Thing take() {
            if (failure_) std::rethrow_exception(failure_);
            return std::move(made_);
        }

    private:
        Thing made_{};
        std::exception_ptr failure_{};
    };
    struct Run {
        std::vector<const ChainEntry*> entries{};
        Ahead<std::shared_ptr<const LinearRun>> design{};
    };
    struct Crossover {
        const MultibandSettings* settings;
        Ahead<std::vector<Fir>> design{};
    };
    std::shared_ptr<const LinearRun> design(const Run& run, int channels) const;

    double rate_;
    int channels_;
    SourceLibrary& library_;
    const Cache& cache_;
    CompileMemory* memory_;
    std::vector<Run> runs_;
    std::vector<Crossover> crossovers_;
    std::size_t next_run_ = 0, next_crossover_ = 0;
};

}  // namespace lathe
