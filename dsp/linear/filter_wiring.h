// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "dsp/linear/block_plan.h"
#include "dsp/linear/fir.h"
#include "dsp/linear/pair_response.h"

namespace lathe {

/// Filter matrices taken apart into what is done for each pair of outputs.
template <class Sample>
struct FilterWiring {
    /// Two channels of one transform; second is −1 for one alone.
    struct Pair {
        int first, second;
    };
    struct Heard {
        std::size_t pair;  ///< of ins
        int member;        ///< 0 or 1
    };
    struct Row {
        std::vector<int> dry;  ///< the inputs that are added as they are,
        std::vector<double> dry_gains;
        std::vector<Heard> wet;  ///< the inputs that are convolved into this output
    };
    struct Wet {
        std::size_t in;  ///< of ins
        const PairResponse<Sample>* response;
    };
    struct Out {
        Pair rows;
        std::vector<Wet> wet;  ///< none: the rows are dry
    };

    /// Throws BadSetting where the matrices do not fit each other or a response is past 2^24 taps.
    FilterWiring(std::span<const FirMatrix> matrices, Workers& workers);

    int inputs, outputs;
    std::vector<Row> rows;  ///< matrix · outputs + output
    std::vector<Out> outs;
    std::vector<Pair> ins;  ///< inputs that are convolved with anything
    Frames ahead = 0;       ///< of the causal responses: a multiple of 16, which keeps vectors aligned
    BlockPlan plan;
    std::optional<LaneFft<Sample>> fft;  ///< none: nothing is convolved

private:
    std::vector<std::unique_ptr<PairResponse<Sample>>> responses_;
};

}  // namespace lathe
