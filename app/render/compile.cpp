// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/render/chain_designs.h"
#include "app/render/chain_entry.h"
#include "dsp/core/error.h"
#include "dsp/linear/filter_bank.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

bool has_limiter(const Chain& chain) {
    return std::any_of(chain.begin(), chain.end(),
                       [](const ChainEntry& entry) { return type_of(entry.settings) == LimiterSettings::type; });
}

/// Builds a plan processor by processor.
class PlanBuilder {
public:
    PlanBuilder(double rate, int channels, const Master& master, ChainDesigns designs)
        : master_(master), designs_(std::move(designs)), channels_(channels) {
        chain_.plan.rate = rate;
        chain_.plan.channels_in = channels;
    }

    /// last_limiter: it takes the master's ceiling.
    void add(const ChainEntry& entry, bool last_limiter) {
        if (is_linear(entry)) {
            run_waits_ = true;
            return;
        }
        take_up_run();
        common_ = entry.common;
        last_limiter_ = last_limiter;
        naming(entry, [&] {
            check_part(common_, channels_);
            std::visit([this](const auto& settings) { add(settings); }, entry.settings);
        });
    }

    CompiledChain finish() {
        take_up_run();
        flush();
        chain_.plan.channels_out = channels_;
        return std::move(chain_);
    }

private:
    /// The linear processors that have come since the last other one.
    void take_up_run() {
        pending_ = run_waits_ ? designs_.next_run(channels_) : nullptr;
        run_waits_ = false;
        if (!pending_) return;
        channels_ = pending_->channels_out;
        chain_.tail_s += pending_->tail_s;
    }

    void add(const MultibandSettings& s) {
        const std::vector<Fir> split = designs_.next_crossover();
        MultibandSpec spec{s, {}, false};
        for (const Fir& band : split) spec.bands.push_back(same_on_all(band, worked_channels(common_, channels_)));
        std::string name = "multiband";
        if (fusing_pays(spec.bands)) {
            in_parallel(spec.bands.size(),
                        [&](std::size_t b) { spec.bands[b] = then(*pending_->matrix, spec.bands[b]); });
            spec.fused = true;
            name = pending_->name + "+" + name;
            pending_.reset();
        }
        add_stage(std::move(name), std::move(spec));
    }
    void add(const CompressorSettings& s) { add_stage("compressor", CompressorSpec{s}); }
    void add(const ClipperSettings& s) {
        add_stage("clipper", ClipperSpec{s, master_.target.true_peak_dbtp.value_or(0)});
    }
    void add(const LimiterSettings& s) {
        chain_.has_limiter = true;
        const double own = s.ceiling_dbtp.value_or(0);
        add_stage("limiter", LimiterSpec{s, last_limiter_ ? master_.target.true_peak_dbtp.value_or(own) : own});
    }
    /// Those have come in the run.
    template <class Settings>
    requires is_linear_type<Settings>
    void add(const Settings&) {}

    /// Whether the bands with what stands in front multiplied in cost less than both one after the other.
    bool fusing_pays(const std::vector<FirMatrix>& bands) const {
        if (!pending_ || !pending_->matrix || common_.channel != Channel::stereo) return false;
        const auto length = [](const FirMatrix& m) { return m.ahead() + m.behind() + 1; };
        Frames band_length = 0;
        for (const FirMatrix& band : bands) band_length = std::max(band_length, length(band));
        const int count = static_cast<int>(bands.size());
        const Frames front_length = length(*pending_->matrix), fused_length = band_length + front_length - 1;
        return filter_cost(fused_length, count) < filter_cost(front_length, 1) + filter_cost(band_length, count);
    }

    template <class Spec>
    void add_stage(std::string name, Spec spec) {
        flush();
        chain_.is_linear = false;
        chain_.plan.stages.push_back({std::move(name), std::move(spec), common_.channel, common_.mix});
    }
    void flush() {
        if (pending_ && pending_->matrix)
            chain_.plan.stages.push_back({pending_->name, LinearSpec{pending_->matrix}, Channel::stereo, 1});
    }

    CompiledChain chain_;
    bool run_waits_ = false;                    ///< to be taken up
    std::shared_ptr<const LinearRun> pending_;  ///< not in a stage yet; none: there was none, or it is in a multiband
    CommonSettings common_;
    bool last_limiter_ = false;
    const Master& master_;
    ChainDesigns designs_;
    int channels_;
};

}  // namespace

std::shared_ptr<const CompiledChain> Compiler::before_gain_point(const Programme& programme, const Master& master) {
    return compile(programme, master, Half::before);
}
std::shared_ptr<const CompiledChain> Compiler::after_gain_point(const Programme& programme, const Master& master) {
    return compile(programme, master, Half::after);
}

std::shared_ptr<const CompiledChain> Compiler::compile(const Programme& programme, const Master& master, Half half) {
    std::vector<std::shared_ptr<const CompiledChain>> chains;
    const int channels =
        half == Half::before ? programme.channels : before_gain_point(programme, master)->plan.channels_out;
    for (const ProgrammePart& part : programme.parts) {
        const ResolvedChain resolved = resolve_chain(album_, *part.track, part.version, master);
        try {
            const bool before = half == Half::before;
            const bool ends_chain = !before || !has_limiter(resolved.after_gain_point);
            chains.push_back(compile_chain(before ? resolved.before_gain_point : resolved.after_gain_point,
                                           programme.rate, channels, master, ends_chain));
        } catch (const InputError& error) {
            throw InputError(fmt::format("{}:{}: track {}: {}", album_.path.string(), part.track->line, part.track->id,
                                         error.what()));
        }
    }
    if (std::all_of(chains.begin(), chains.end(), [&](const auto& chain) { return chain == chains.front(); }))
        return chains.front();

    auto spliced = std::make_shared<CompiledChain>();
    SpliceSpec splice;
    for (std::size_t i = 0; i < chains.size(); ++i) {
        if (chains[i]->plan.channels_out != chains.front()->plan.channels_out)
            throw InputError(fmt::format(
                "{}:{}: track {} is joined to the one before, but comes out of its chain with {} channel(s), not {}; "
                "give both the same reverb",
                album_.path.string(), programme.parts[i].track->line, programme.parts[i].track->id,
                chains[i]->plan.channels_out, chains.front()->plan.channels_out));
        spliced->settings_key += fmt::format("@{}:{};", programme.parts[i].at, chains[i]->settings_key);
        spliced->has_limiter |= chains[i]->has_limiter;
        spliced->is_linear &= chains[i]->is_linear;
        if (i > 0 && chains[i] == chains[i - 1]) continue;
        splice.stretches.push_back({programme.parts[i].at, splice.plans.size()});
        splice.plans.push_back(chains[i]->plan);
    }
    spliced->tail_s = chains.back()->tail_s;
    spliced->plan = {static_cast<double>(programme.rate), channels, chains.front()->plan.channels_out, {}};
    spliced->plan.stages.push_back({"splice", std::move(splice), Channel::stereo, 1});
    return spliced;
}

std::shared_ptr<const CompiledChain> Compiler::compile_chain(const Chain& chain, double rate, int channels,
                                                             const Master& master, bool ends_chain) {
    std::string key = fmt::format("{} Hz, {} ch{}: ", rate, channels, ends_chain ? "" : ", goes on");
    std::size_t last_limiter = chain.size();
    for (std::size_t i = 0; i < chain.size(); ++i) {
        key += naming(chain[i], [&] { return key_of(chain[i], library_); });
        const auto type = type_of(chain[i].settings);
        if (type == LimiterSettings::type) last_limiter = i;
        if (type == LimiterSettings::type || type == ClipperSettings::type)
            key += fmt::format("@{:.17g}", master.target.true_peak_dbtp.value_or(0));
    }
    std::shared_ptr<const CompiledChain>& known = compiled_[key];
    if (known || (memory_ && (known = memory_->chain(key)))) return known;
    PlanBuilder builder(rate, channels, master, ChainDesigns(chain, rate, channels, library_, cache_, memory_));
    for (std::size_t i = 0; i < chain.size(); ++i) builder.add(chain[i], ends_chain && i == last_limiter);
    auto compiled = std::make_shared<CompiledChain>(builder.finish());
    compiled->settings_key = key;
    if (memory_) memory_->keep(key, compiled);
    return known = std::move(compiled);
}

}  // namespace lathe
