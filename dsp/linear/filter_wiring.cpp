// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/filter_wiring.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>

#include "dsp/core/error.h"
#include "dsp/linear/wet_dry.h"

namespace lathe {
namespace {

constexpr Frames most_taps = Frames(1) << 24;

void check_shapes(std::span<const FirMatrix> matrices) {
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
    const WetFir* keep(const WetFir& fir) {
        const auto found = std::find(firs_.begin(), firs_.end(), fir);
        return found != firs_.end() ? &*found : &firs_.emplace_back(fir);
    }
    const std::deque<WetFir>& all() const { return firs_; }

private:
    std::deque<WetFir> firs_;
};

/// [row][input]: null where nothing is convolved.
using Connections = std::vector<std::vector<const WetFir*>>;

template <class Pair>
std::vector<Pair> in_pairs(const std::vector<int>& members) {
    std::vector<Pair> pairs;
    for (std::size_t n = 0; n < members.size(); n += 2)
        pairs.push_back({members[n], n + 1 < members.size() ? members[n + 1] : -1});
    return pairs;
}

/// How the rows of the matrices use the channels.
PairUse use_of(const Connections& connections, int outputs) {
    PairUse use = PairUse::alike;
    for (std::size_t row = 0; row < connections.size(); ++row) {
        const std::size_t own = row % static_cast<std::size_t>(outputs);
        for (std::size_t in = 0; in < connections[row].size(); ++in) {
            const WetFir* const fir = connections[row][in];
            if (in != own && fir) return PairUse::mixed;
            if (in == own && fir != connections[row - own][0]) use = PairUse::apart;
        }
    }
    return use;
}

template <class Pair>
PairFirs between(const Connections& connections, const Pair& in, const Pair& out) {
    const auto fir = [&](int row, int input) -> const WetFir* {
        if (row < 0 || input < 0) return nullptr;
        return connections[static_cast<std::size_t>(row)][static_cast<std::size_t>(input)];
    };
    return {fir(out.first, in.first), fir(out.first, in.second), fir(out.second, in.first), fir(out.second, in.second)};
}

}  // namespace

template <class Sample>
FilterWiring<Sample>::FilterWiring(std::span<const FirMatrix> matrices, Workers& workers) {
    check_shapes(matrices);
    inputs = matrices[0].inputs();
    outputs = matrices[0].outputs();

    DistinctFirs firs;
    Connections connections;
    for (const FirMatrix& matrix : matrices)
        for (int o = 0; o < outputs; ++o) {
            Row row;
            std::vector<const WetFir*>& from = connections.emplace_back(static_cast<std::size_t>(inputs), nullptr);
            for (int i = 0; i < inputs; ++i) {
                const WetDry parts = separate(matrix.at(o, i));
                if (parts.gain != 0) {
                    row.dry.push_back(i);
                    row.dry_gains.push_back(parts.gain);
                }
                if (!parts.rest.empty()) from[static_cast<std::size_t>(i)] = firs.keep(parts.rest);
            }
            rows.push_back(std::move(row));
        }

    Frames behind = 0;
    for (const WetFir& fir : firs.all()) {
        ahead = std::max(ahead, fir.ahead());
        behind = std::max(behind, fir.behind());
    }
    ahead = (ahead + 15) / 16 * 16;
    const Frames taps = ahead + behind + 1;
    if (taps > most_taps)
        throw BadSetting(
            fmt::format("a filter of {} taps is past the longest, {}; shorten its response", taps, most_taps));
    const Frames grid = 4096;
    plan = firs.all().empty() ? BlockPlan{grid, grid, 0}
                              : choose_blocks(taps, static_cast<int>(matrices.size()), use_of(connections, outputs));
    if (!firs.all().empty()) fft.emplace(static_cast<std::size_t>(plan.transform));

    std::vector<int> convolved;
    for (int i = 0; i < inputs; ++i)
        if (std::any_of(connections.begin(), connections.end(),
                        [&](const auto& from) { return from[static_cast<std::size_t>(i)] != nullptr; }))
            convolved.push_back(i);
    ins = in_pairs<Pair>(convolved);
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (std::size_t in = 0; in < ins.size(); ++in) {
            if (connections[row][static_cast<std::size_t>(ins[in].first)]) rows[row].wet.push_back({in, 0});
            if (ins[in].second >= 0 && connections[row][static_cast<std::size_t>(ins[in].second)])
                rows[row].wet.push_back({in, 1});
        }

    std::map<std::tuple<PairFirs, bool, bool>, const PairResponse<Sample>*> made;
    for (int m = 0; m < static_cast<int>(matrices.size()); ++m) {
        std::vector<int> wet;
        for (int row = m * outputs; row < (m + 1) * outputs; ++row)
            if (rows[static_cast<std::size_t>(row)].wet.empty())
                outs.push_back({{row, -1}, {}});
            else
                wet.push_back(row);
        for (const Pair& pair : in_pairs<Pair>(wet)) {
            Out out{pair, {}};
            for (std::size_t in = 0; in < ins.size(); ++in) {
                const PairFirs between_them = between(connections, ins[in], pair);
                if (between_them == PairFirs{}) continue;
                const bool second_in = ins[in].second >= 0, second_out = pair.second >= 0;
                const PairResponse<Sample>*& response = made[{between_them, second_in, second_out}];
                if (!response)
                    response = responses_
                                   .emplace_back(std::make_unique<PairResponse<Sample>>(
                                       between_them, second_in, second_out, ahead, plan, *fft, workers))
                                   .get();
                out.wet.push_back({in, response});
            }
            outs.push_back(std::move(out));
        }
    }
}

template struct FilterWiring<float>;
template struct FilterWiring<double>;

}  // namespace lathe
