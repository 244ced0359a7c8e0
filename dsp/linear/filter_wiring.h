// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "dsp/linear/block_plan.h"
#include "dsp/linear/fir.h"
#include "dsp/linear/partitioned_response.h"

namespace lathe {

/// Filter matrices taken apart into what is done for each output.
template <class Sample>
struct FilterWiring {
    struct Dry {
        int input;
        double gain;
    };
    struct Wet {
        int input;
        const PartitionedResponse<Sample>* response;
    };
    struct Row {
        std::vector<Dry> dry;
        std::vector<Wet> wet;
    };
    /// Outputs that one inverse transform serves: rows that are convolved go in pairs.
    struct Group {
        int first, second;  ///< rows; second is −1 for one alone
    };

    /// Throws BadSetting where the matrices do not fit each other or a response is past 2^24 taps.
    explicit FilterWiring(const std::vector<FirMatrix>& matrices);

    int inputs, outputs;
    std::vector<Row> rows;  ///< matrix · outputs + output
    std::vector<Group> outs;
    std::vector<Group> ins;  ///< inputs that are convolved with anything, in pairs
    Frames ahead = 0;        ///< of the causal responses
    BlockPlan plan;

private:
    std::vector<std::unique_ptr<PartitionedResponse<Sample>>> responses_;
};

}  // namespace lathe
