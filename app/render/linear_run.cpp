// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/linear_run.h"

#include <fmt/format.h>

#include <utility>

#include "app/render/chain_entry.h"
#include "app/render/chain_matrix.h"
#include "app/render/reverb_memory.h"
#include "dsp/linear/eq.h"
#include "dsp/linear/gain.h"
#include "dsp/linear/reverb.h"
#include "dsp/linear/room.h"
#include "dsp/stereo/stereo.h"
#include "dsp/threads/tbb_workers.h"

namespace lathe {
namespace {

/// Designs a run processor by processor.
class RunBuilder {
public:
    RunBuilder(double rate, int channels, SourceLibrary& library, const Cache& cache, CompileMemory* memory)
        : rate_(rate), library_(library), cache_(cache), memory_(memory) {
        run_.channels_out = channels;
    }

    void add(const ChainEntry& entry) {
        check_part(entry.common, run_.channels_out);
        const int worked = worked_channels(entry.common, run_.channels_out);
        FirMatrix next = in_chain(
            std::visit([&](const auto& settings) { return designed(settings, worked); }, entry.settings), entry.common);
        if (next.is_identity()) return;
        run_.channels_out = next.outputs();
        matrix_ = run_.name.empty() ? std::move(next) : then(std::move(matrix_), next);
        run_.name += (run_.name.empty() ? "" : "+") + std::string(type_of(entry.settings));
    }

    LinearRun finish() {
        if (!run_.name.empty()) run_.matrix = std::make_shared<const FirMatrix>(std::move(matrix_));
        return std::move(run_);
    }

private:
    FirMatrix designed(const GainSettings& s, int channels) { return design_gain(s, channels); }
    FirMatrix designed(const EqSettings& s, int channels) { return design_eq(s, rate_, channels); }
    FirMatrix designed(const StereoSettings& s, int channels) { return design_stereo(s, rate_, channels); }
    FirMatrix designed(const ReverbSettings& s, int channels) {
        const auto make = [&] {
            TbbWorkers workers;
            if (!s.ir.empty()) return prepare_reverb(s, library_.response(s.ir).response, rate_, channels, workers);
            return prepare_reverb(s, make_room(s.preset, rate_, workers), rate_, channels, workers);
        };
        const std::string key = fmt::format("{} {} Hz {} ch", key_of(s, library_), rate_, channels);
        if (!memory_) return taken_up(remembered_reverb(cache_, key, make));
        std::shared_ptr<const PreparedReverb> reverb = memory_->reverb(key);
        if (!reverb) {
            reverb = std::make_shared<const PreparedReverb>(remembered_reverb(cache_, key, make));
            memory_->keep(key, reverb);
        }
        return taken_up(*reverb);
    }
    FirMatrix taken_up(PreparedReverb reverb) {
        run_.tail_s += static_cast<double>(reverb.tail) / rate_;
        return std::move(reverb.matrix);
    }
    /// Of what is not linear.
    template <class Settings>
    requires(!is_linear_type<Settings>) FirMatrix designed(const Settings&, int) {
        throw std::logic_error("a linear run of what is not linear");
    }

    double rate_;
    SourceLibrary& library_;
    const Cache& cache_;
    CompileMemory* memory_;
    LinearRun run_;
    FirMatrix matrix_;
};

}  // namespace

bool is_linear(const ChainEntry& entry) {
    return std::visit([](const auto& settings) { return is_linear_type<std::decay_t<decltype(settings)>>; },
                      entry.settings);
}

std::shared_ptr<const LinearRun> linear_run(std::span<const ChainEntry* const> entries, double rate, int channels,
                                            SourceLibrary& library, const Cache& cache, CompileMemory* memory) {
    std::string key = fmt::format("{} Hz, {} ch:", rate, channels);
    for (const ChainEntry* entry : entries) key += naming(*entry, [&] { return key_of(*entry, library); });
    std::shared_ptr<const LinearRun> run = memory ? memory->linear_run(key) : nullptr;
    if (run) return run;
    RunBuilder builder(rate, channels, library, cache, memory);
    for (const ChainEntry* entry : entries) naming(*entry, [&] { builder.add(*entry); });
    run = std::make_shared<const LinearRun>(builder.finish());
    if (memory) memory->keep(key, run);
    return run;
}

}  // namespace lathe
