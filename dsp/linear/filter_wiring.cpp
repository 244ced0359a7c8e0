// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/filter_wiring.h"

#include <fmt/format.h>

#include <algorithm>

#include "dsp/core/error.h"
#include "dsp/linear/wet_dry.h"

namespace lathe {
namespace {

constexpr Frames most_taps = Frames(1) << 24;

void check_shapes(const std::vector<FirMatrix>& matrices) {
    if (matrices.empty()) throw BadSetting("a filter bank needs at least one filter");
    for (const FirMatrix& matrix : matrices) {
        if (matrix.inputs() < 1 || matrix.outputs() < 1) throw BadSetting("a filter needs channels in and out");
        if (matrix.inputs() != matrices[0].inputs() || matrix.outputs() != matrices[0].outputs())
            throw BadSetting("the filters of a bank must have the same channels in and out");
    }
}

/// The responses that are convolved, each once: most matrices hold the same one for several channels.
class DistinctFirs {
public:
    std::size_t index_of(Fir fir) {
        const auto same = [&](const Fir& other) { return other.origin == fir.origin && other.taps == fir.taps; };
        const auto found = std::find_if(firs_.begin(), firs_.end(), same);
        if (found != firs_.end()) return static_cast<std::size_t>(found - firs_.begin());
        firs_.push_back(std::move(fir));
        return firs_.size() - 1;
    }
    const std::vector<Fir>& all() const { return firs_; }

private:
    std::vector<Fir> firs_;
};

template <class Group>
void add_in_pairs(const std::vector<int>& members, std::vector<Group>& groups) {
    for (std::size_t n = 0; n < members.size(); n += 2)
        groups.push_back({members[n], n + 1 < members.size() ? members[n + 1] : -1});
}

}  // namespace

template <class Sample>
FilterWiring<Sample>::FilterWiring(const std::vector<FirMatrix>& matrices) {
    check_shapes(matrices);
    inputs = matrices[0].inputs();
    outputs = matrices[0].outputs();

    struct Connection {
        int row, input;
        std::size_t fir;
    };
    DistinctFirs firs;
    std::vector<Connection> connections;
    for (const FirMatrix& matrix : matrices)
        for (int o = 0; o < outputs; ++o) {
            Row row;
            for (int i = 0; i < inputs; ++i) {
                WetDry parts = separate(matrix.at(o, i));
                if (parts.gain != 0) row.dry.push_back({i, parts.gain});
                if (parts.rest.empty()) continue;
                connections.push_back({static_cast<int>(rows.size()), i, firs.index_of(std::move(parts.rest))});
            }
            rows.push_back(std::move(row));
        }

    Frames behind = 0;
    for (const Fir& fir : firs.all()) {
        ahead = std::max(ahead, fir.ahead());
        behind = std::max(behind, fir.behind());
    }
    const Frames taps = ahead + behind + 1;
    if (taps > most_taps)
        throw BadSetting(
            fmt::format("a filter of {} taps is past the longest, {}; shorten its response", taps, most_taps));
    const Frames grid = 4096;
    plan = firs.all().empty() ? BlockPlan{grid, grid, 0} : choose_blocks(taps, static_cast<int>(matrices.size()));
    for (const Fir& fir : firs.all())
        responses_.push_back(std::make_unique<PartitionedResponse<Sample>>(fir, ahead, plan));

    std::vector<bool> heard(static_cast<std::size_t>(inputs));
    for (const Connection& c : connections) {
        rows[static_cast<std::size_t>(c.row)].wet.push_back({c.input, responses_[c.fir].get()});
        heard[static_cast<std::size_t>(c.input)] = true;
    }
    std::vector<int> convolved;
    for (int i = 0; i < inputs; ++i)
        if (heard[static_cast<std::size_t>(i)]) convolved.push_back(i);
    add_in_pairs(convolved, ins);
    for (int m = 0; m < static_cast<int>(matrices.size()); ++m) {
        std::vector<int> wet;
        for (int row = m * outputs; row < (m + 1) * outputs; ++row)
            if (rows[static_cast<std::size_t>(row)].wet.empty())
                outs.push_back({row, -1});
            else
                wet.push_back(row);
        add_in_pairs(wet, outs);
    }
}

template struct FilterWiring<float>;
template struct FilterWiring<double>;

}  // namespace lathe
