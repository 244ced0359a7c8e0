// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/render/chain_entry.h"
#include "app/render/linear_run.h"
#include "dsp/core/error.h"
#include "dsp/linear/crossover.h"
#include "dsp/linear/filter_bank.h"

namespace lathe {
namespace {

bool has_limiter(const Chain& chain) {
    return std::any_of(chain.begin(), chain.end(),
                       [](const ChainEntry& entry) { return type_of(entry.settings) == LimiterSettings::type; });
}

/// Builds a plan processor by processor.
class PlanBuilder {
public:
    PlanBuilder(double rate, int channels, const Master& master, SourceLibrary& library, const Cache& cache,
                CompileMemory* memory)
        : master_(master), library_(library), cache_(cache), memory_(memory), rate_(rate), channels_(channels) {
        chain_.plan.rate = rate;
        chain_.plan.channels_in = channels;
    }

    /// last_limiter: it takes the master's ceiling.
    void add(const ChainEntry& entry, bool last_limiter) {
        if (is_linear(entry)) return waiting_.push_back(&entry);
        const std::shared_ptr<const LinearRun> run = take_run();
        naming(entry, [&] {
            check_part(entry.common, channels_);
            std::visit([&](const auto& settings) { add(settings, *run, entry.common, last_limiter); }, entry.settings);
        });
    }

    CompiledChain finish() {
        add_run(*take_run());
        chain_.plan.channels_out = channels_;
        return std::move(chain_);
    }

private:
    /// The linear processors that have come since the last other one.
    std::shared_ptr<const LinearRun> take_run() {
        const auto run = linear_run(waiting_, rate_, channels_, library_, cache_, memory_);
        waiting_.clear();
        channels_ = run->channels_out;
        chain_.tail_s += run->tail_s;
        return run;
    }

    void add(const MultibandSettings& s, const LinearRun& before, const CommonSettings& common, bool) {
        const std::vector<Fir> split = design_crossover(s.crossovers_hz, s.slope_db_oct, rate_);
        MultibandSpec spec{s, {}, false};
        for (const Fir& band : split) spec.bands.push_back(same_on_all(band, worked_channels(common, channels_)));
        if (!before.matrix || common.channel != Channel::stereo || !fusing_pays(*before.matrix, spec.bands)) {
            add_run(before);
            return add_stage("multiband", std::move(spec), common);
        }
        for (FirMatrix& band : spec.bands) band = then(*before.matrix, band);
        spec.fused = true;
        add_stage(before.name + "+multiband", std::move(spec), common);
    }
    void add(const CompressorSettings& s, const LinearRun& before, const CommonSettings& common, bool) {
        add_run(before);
        add_stage("compressor", CompressorSpec{s}, common);
    }
    void add(const ClipperSettings& s, const LinearRun& before, const CommonSettings& common, bool) {
        add_run(before);
        add_stage("clipper", ClipperSpec{s, master_.target.true_peak_dbtp.value_or(0)}, common);
    }
    void add(const LimiterSettings& s, const LinearRun& before, const CommonSettings& common, bool is_last) {
        add_run(before);
        chain_.has_limiter = true;
        const double own = s.ceiling_dbtp.value_or(0);
        add_stage("limiter", LimiterSpec{s, is_last ? master_.target.true_peak_dbtp.value_or(own) : own}, common);
    }
    /// Those have come in the run.
    template <class Settings>
    requires is_linear_type<Settings>
    void add(const Settings&, const LinearRun&, const CommonSettings&, bool) {}

    /// Whether the bands with what stands in front multiplied in cost less than both one after the other.
    static bool fusing_pays(const FirMatrix& front, const std::vector<FirMatrix>& bands) {
        const auto length = [](const FirMatrix& m) { return m.ahead() + m.behind() + 1; };
        Frames band_length = 0;
        for (const FirMatrix& band : bands) band_length = std::max(band_length, length(band));
        const int count = static_cast<int>(bands.size());
        const Frames fused_length = band_length + length(front) - 1;
        return filter_cost(fused_length, count) < filter_cost(length(front), 1) + filter_cost(band_length, count);
    }

    template <class Spec>
    void add_stage(std::string name, Spec spec, const CommonSettings& common) {
        chain_.is_linear = false;
        chain_.plan.stages.push_back({std::move(name), std::move(spec), common.channel, common.mix});
    }
    void add_run(const LinearRun& run) {
        if (run.matrix) chain_.plan.stages.push_back({run.name, LinearSpec{run.matrix}, Channel::stereo, 1});
    }

    CompiledChain chain_;
    std::vector<const ChainEntry*> waiting_;
    const Master& master_;
    SourceLibrary& library_;
    const Cache& cache_;
    CompileMemory* memory_;
    double rate_;
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
    PlanBuilder builder(rate, channels, master, library_, cache_, memory_);
    for (std::size_t i = 0; i < chain.size(); ++i) builder.add(chain[i], ends_chain && i == last_limiter);
    auto compiled = std::make_shared<CompiledChain>(builder.finish());
    compiled->settings_key = key;
    if (memory_) memory_->keep(key, compiled);
    return known = std::move(compiled);
}

}  // namespace lathe
