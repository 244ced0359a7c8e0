// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/render/chain_matrix.h"
#include "app/render/reverb_memory.h"
#include "dsp/core/error.h"
#include "dsp/linear/crossover.h"
#include "dsp/linear/eq.h"
#include "dsp/linear/filter_bank.h"
#include "dsp/linear/gain.h"
#include "dsp/linear/reverb.h"
#include "dsp/linear/room.h"
#include "dsp/stereo/stereo.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

/// Every field and its value, in order.
std::string settings_text(Fields fields, const void* settings) {
    std::string text;
    for (const Field& field : fields) {
        if (field.kind != FieldKind::tables) {
            text += fmt::format("{}={};", field.name, to_toml(field.get(settings)));
            continue;
        }
        for (std::size_t i = 0; i < field.count(settings); ++i)
            text += fmt::format("{}[{}]{{{}}};", field.name, i,
                                settings_text(field.element_fields(), field.row(const_cast<void*>(settings), i)));
    }
    return text;
}

/// What fails in a processor is told with the processor's name.
template <class Work>
auto naming(const ChainEntry& entry, Work work) {
    try {
        return work();
    } catch (const InputError& error) {
        throw InputError(fmt::format("{}: {}", entry.id, error.what()));
    }
}

std::string key_of(const ReverbSettings& settings, SourceLibrary& library) {
    return settings_text(ReverbSettings::fields(), &settings) +
           (settings.ir.empty() ? "" : library.response(settings.ir).hash);
}

std::string key_of(const ChainEntry& entry, SourceLibrary& library) {
    const auto* const reverb = std::get_if<ReverbSettings>(&entry.settings);
    return fmt::format(
        "{}({} {:.17g} {})", type_of(entry.settings), static_cast<int>(entry.common.channel), entry.common.mix,
        reverb ? key_of(*reverb, library) : settings_text(fields_of(entry.settings), address_of(entry.settings)));
}

bool has_limiter(const Chain& chain) {
    return std::any_of(chain.begin(), chain.end(),
                       [](const ChainEntry& entry) { return type_of(entry.settings) == LimiterSettings::type; });
}

/// What is linear and has not been put into a stage yet.
struct Pending {
    FirMatrix matrix;
    std::string name;

    bool empty() const { return name.empty(); }
    void add(const FirMatrix& next, std::string_view type) {
        matrix = empty() ? next : then(matrix, next);
        name += (name.empty() ? "" : "+") + std::string(type);
    }
};

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
        common_ = entry.common;
        last_limiter_ = last_limiter;
        if (common_.channel != Channel::stereo && channels_ != 2)
            throw BadSetting(fmt::format("channel = \"{}\" needs two channels, not {}",
                                         channel_words[static_cast<std::size_t>(common_.channel)], channels_));
        std::visit([this](const auto& settings) { add(settings); }, entry.settings);
    }

    CompiledChain finish() {
        flush();
        chain_.plan.channels_out = channels_;
        return std::move(chain_);
    }

private:
    int worked_channels() const { return common_.channel == Channel::stereo ? channels_ : 1; }

    void add_linear(FirMatrix matrix, std::string_view type) {
        matrix = in_chain(std::move(matrix), common_);
        if (matrix.is_identity()) return;
        channels_ = matrix.outputs();
        pending_.add(matrix, type);
    }

    void add(const GainSettings& s) { add_linear(design_gain(s, worked_channels()), "gain"); }
    void add(const EqSettings& s) { add_linear(design_eq(s, rate_, worked_channels()), "eq"); }
    void add(const StereoSettings& s) { add_linear(design_stereo(s, rate_, worked_channels()), "stereo"); }
    void add(const ReverbSettings& s) {
        const auto make = [&] {
            if (s.ir.empty()) {
                TbbWorkers workers;
                return prepare_reverb(s, make_room(s.preset, rate_, workers), rate_, worked_channels());
            }
            return prepare_reverb(s, library_.response(s.ir).response, rate_, worked_channels());
        };
        const std::string key = fmt::format("{} {} Hz {} ch", key_of(s, library_), rate_, worked_channels());
        std::shared_ptr<const PreparedReverb> reverb = memory_ ? memory_->reverb(key) : nullptr;
        if (!reverb) {
            reverb = std::make_shared<const PreparedReverb>(remembered_reverb(cache_, key, make));
            if (memory_) memory_->keep(key, reverb);
        }
        chain_.tail_s += static_cast<double>(reverb->tail) / rate_;
        add_linear(reverb->matrix, "reverb");
    }

    void add(const MultibandSettings& s) {
        const std::vector<Fir> split = design_crossover(s.crossovers_hz, s.slope_db_oct, rate_);
        MultibandSpec spec{s, {}, false};
        for (const Fir& band : split) spec.bands.push_back(same_on_all(band, worked_channels()));
        std::string name = "multiband";
        if (fusing_pays(spec.bands)) {
            for (FirMatrix& band : spec.bands) band = then(pending_.matrix, band);
            spec.fused = true;
            name = pending_.name + "+" + name;
            pending_ = {};
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

    /// Whether the bands with what is pending multiplied in cost less than both one after the other.
    bool fusing_pays(const std::vector<FirMatrix>& bands) const {
        if (pending_.empty() || common_.channel != Channel::stereo) return false;
        const auto length = [](const FirMatrix& m) { return m.ahead() + m.behind() + 1; };
        Frames band_length = 0;
        for (const FirMatrix& band : bands) band_length = std::max(band_length, length(band));
        const int count = static_cast<int>(bands.size());
        const Frames fused_length = band_length + length(pending_.matrix) - 1;
        return filter_cost(fused_length, count) <
               filter_cost(length(pending_.matrix), 1) + filter_cost(band_length, count);
    }

    template <class Spec>
    void add_stage(std::string name, Spec spec) {
        if (!pending_.empty()) flush();
        chain_.is_linear = false;
        chain_.plan.stages.push_back({std::move(name), std::move(spec), common_.channel, common_.mix});
    }
    void flush() {
        if (pending_.empty()) return;
        chain_.plan.stages.push_back({pending_.name, LinearSpec{std::move(pending_.matrix)}, Channel::stereo, 1});
        pending_ = {};
    }

    CompiledChain chain_;
    Pending pending_;
    CommonSettings common_;
    bool last_limiter_ = false;
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
    for (std::size_t i = 0; i < chain.size(); ++i)
        naming(chain[i], [&] { builder.add(chain[i], ends_chain && i == last_limiter); });
    auto compiled = std::make_shared<CompiledChain>(builder.finish());
    compiled->settings_key = key;
    if (memory_) memory_->keep(key, compiled);
    return known = std::move(compiled);
}

}  // namespace lathe
