// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <memory>
#include <vector>

#include "app/render/linear_run.h"

namespace lathe {

/// The linear runs of a chain, designed side by side: a room takes as long as all the rest.
class LinearRuns {
public:
    /// channels: that go into the chain. The rest as for linear_run(); responses that the chain names have been loaded.
    LinearRuns(const Chain& chain, double rate, int channels, SourceLibrary& library, const Cache& cache,
               CompileMemory* memory);
    /// The next one, of as many channels as come to it. Throws what its design threw.
    std::shared_ptr<const LinearRun> next(int channels);

private:
    struct Run {
        std::vector<const ChainEntry*> entries{};
        std::shared_ptr<const LinearRun> made{};
        std::exception_ptr failure{};
    };
    std::shared_ptr<const LinearRun> design(const Run& run, int channels) const;

    double rate_;
    int channels_;
    SourceLibrary& library_;
    const Cache& cache_;
    CompileMemory* memory_;
    std::vector<Run> runs_;
    std::size_t next_ = 0;
};

}  // namespace lathe
