// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/filter_bank.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "dsp/linear/filter_wiring.h"
#include "dsp/linear/scratch_pool.h"
#include "dsp/linear/spectrum_ring.h"
#include "dsp/simd/gain_apply.h"
#include "dsp/simd/isa.h"

namespace lathe {
namespace {

template <class Sample>
bool is_silent(const Sample* samples, Frames count) {
    return std::all_of(samples, samples + count, [](Sample x) { return x == 0; });
}

}  // namespace

// Block m holds the input before frame (m + 1) · hop. The responses are causal, `ahead` late, so block m brings the
// output frames from m · hop − ahead on; what lies before frame 0 is left out.
template <class Sample>
class FilterBank<Sample>::Body {
public:
    Body(std::span<const FirMatrix> matrices, Workers& workers)
        : workers_(workers),
          wiring_(matrices, workers),
          hop_(wiring_.plan.hop),
          run_(wiring_.plan.run),
          ring_(wiring_.ins.empty() ? 0 : wiring_.plan.partitions - 1 + run_, wiring_.ins.size(),
                wiring_.fft ? wiring_.fft->spectrum_samples() : 0),
          queue_(wiring_.inputs),
          queue_from_(hop_ - wiring_.plan.transform) {
        queue_.append_silence(-queue_from_);
    }

    void attend(std::vector<typename FilterWitness<Sample>::Weighed> matrices, StageWitness& witness) {
        proof_.emplace(std::move(matrices), witness);
    }

    int inputs() const { return wiring_.inputs; }
    int outputs() const { return wiring_.outputs; }
    int count() const { return static_cast<int>(wiring_.rows.size()) / wiring_.outputs; }

    void push(AudioView<const Sample> in, std::span<AudioQueue<Sample>> outs) {
        if (proof_) proof_->hear(in);
        for (Frames from = 0; from < in.frames;) {
            const Frames taken = std::min(in.frames - from, room());
            queue_.append(in.slice(from, taken));
            from += taken;
            if (room() == 0) run_blocks(std::numeric_limits<Frames>::max(), outs);
        }
    }

    void finish(std::span<AudioQueue<Sample>> outs) {
        const Frames programme = queue_end();
        while (written_ < programme) {
            queue_.append_silence(std::min(room(), programme + wiring_.ahead + hop_ - queue_end()));
            run_blocks(programme, outs);
        }
    }

private:
    using Row = typename FilterWiring<Sample>::Row;
    using Pair = typename FilterWiring<Sample>::Pair;
    using Out = typename FilterWiring<Sample>::Out;
    /// What one worker needs: a transform's tile and work, the sums of a pair of its groups.
    struct Scratch {
        AlignedVector<Sample> tile, work, sums;
    };
    /// What a run of blocks needs on its way back: their work, the filters and signals that their spectra are summed
    /// from.
    struct RunScratch {
        AlignedVector<Sample> blocks;
        std::vector<LaneResponse<Sample>> responses;
        std::vector<const Sample*> signals;  // [response][block]
    };
    static Sample* fit(AlignedVector<Sample>& memory, std::size_t samples) {
        memory.resize(std::max(memory.size(), samples));
        return memory.data();
    }
    struct Span {
        Frames from, to;
        Frames count() const { return std::max(to - from, Frames(0)); }
    };

    Frames queue_end() const { return queue_from_ + queue_.frames(); }
    Frames room() const { return (next_block_ + run_) * hop_ - queue_end(); }
    /// Input frames from `from` on, as many as asked for.
    AudioView<const Sample> input(Frames from, Frames count) const {
        return std::as_const(queue_).view().slice(from - queue_from_, count);
    }
    const Row& row(int index) const { return wiring_.rows[static_cast<std::size_t>(index)]; }
    Span output_of(Frames block, Frames end) const {
        const Frames from = block * hop_ - wiring_.ahead;
        return {std::max(from, Frames(0)), std::min(from + hop_, end)};
    }

    /// All blocks that are complete, their output ended at frame `end`.
    void run_blocks(Frames end, std::span<AudioQueue<Sample>> outs) {
        const Frames blocks = queue_end() / hop_ - next_block_;
        if (blocks == 0) return;
        const int pairs = static_cast<int>(wiring_.ins.size());
        workers_.for_each(static_cast<int>(blocks) * pairs, [&](int part) {
            analyse(next_block_ + part / pairs, static_cast<std::size_t>(part % pairs));
        });

        const Frames brought = std::min((next_block_ + blocks) * hop_ - wiring_.ahead, end) - written_;
        if (brought > 0) {
            std::vector<AudioView<Sample>> rooms;
            for (AudioQueue<Sample>& out : outs) rooms.push_back(out.extend(brought));
            workers_.for_each(static_cast<int>(wiring_.outs.size()), [&](int out) {
                synthesise(next_block_, next_block_ + blocks, wiring_.outs[static_cast<std::size_t>(out)], end, rooms);
            });
            if (proof_) proof_->check(written_, rooms);
            written_ += brought;
        }
        next_block_ += blocks;
        const Frames needed = std::min((next_block_ + 1) * hop_ - wiring_.plan.transform, written_);
        queue_.drop(needed - queue_from_);
        queue_from_ = needed;
    }

    /// The spectrum of a pair of channels of a block.
    void analyse(Frames block, std::size_t pair) {
        const AudioView<const Sample> in = input((block + 1) * hop_ - wiring_.plan.transform, wiring_.plan.transform);
        const auto [first, second] = wiring_.ins[pair];
        const bool first_sounds = !is_silent(in.channel(first), in.frames);
        const bool second_sounds = second >= 0 && !is_silent(in.channel(second), in.frames);
        ring_.mark(block, pair, 0, first_sounds);
        ring_.mark(block, pair, 1, second_sounds);
        if (!first_sounds && !second_sounds) return;
        typename ScratchPool<Scratch>::Loan loan(pool_);
        Scratch& scratch = *loan;
        const LaneFft<Sample>& fft = *wiring_.fft;
        fft.forward(in.channel(first), second_sounds ? in.channel(second) : nullptr, ring_.spectrum(block, pair),
                    fit(scratch.work, fft.work_samples()), fit(scratch.tile, fft.tile_samples()));
    }

    /// One or two rows of blocks first … last − 1.
    void synthesise(Frames first, Frames last, const Out& out, Frames end, std::vector<AudioView<Sample>>& rooms) {
        if (!out.wet.empty()) convolve(first, last, out, end, rooms);
        for (const int index : {out.rows.first, out.rows.second}) {
            if (index < 0) continue;
            for (Frames block = first; block < last; ++block) {
                const Span span = output_of(block, end);
                if (span.count() == 0) continue;
                Sample* const x = place(rooms, index, span.from);
                if (!is_heard(row(index), block)) std::fill_n(x, span.count(), Sample(0));
                add_dry(row(index), input(span.from, span.count()), x);
            }
        }
    }

    static void add_dry(const Row& row, AudioView<const Sample> in, Sample* out) {
        if (row.dry.empty()) return;
        std::vector<const Sample*> inputs;
        for (const int channel : row.dry) inputs.push_back(in.channel(channel));
        run_kernel<AddScaled>(static_cast<const Sample* const*>(inputs.data()), row.dry_gains.data(), inputs.size(),
                              out, static_cast<std::size_t>(in.frames));
    }

    /// Whether anything but silence is convolved into a block of a row. A silent channel stays silent to the bit.
    bool is_heard(const Row& row, Frames block) const {
        for (const auto& [pair, member] : row.wet)
            for (Frames p = 0; p < wiring_.plan.partitions; ++p)
                if (ring_.sounds(block - p, pair, member)) return true;
        return false;
    }

    void convolve(Frames first, Frames last, const Out& out, Frames end, std::vector<AudioView<Sample>>& rooms) {
        typename ScratchPool<RunScratch>::Loan loan(run_pool_);
        RunScratch& scratch = *loan;
        const LaneFft<Sample>& fft = *wiring_.fft;
        const auto count = static_cast<std::size_t>(last - first);
        Sample* const blocks = fit(scratch.blocks, count * fft.work_samples());
        scratch.responses.clear();
        scratch.signals.clear();
        for (const auto& [in, response] : out.wet)
            for (const auto& part : response->parts()) {
                bool sounds = false;
                for (Frames block = first; block < last; ++block) {
                    const Sample* const signal = ring_.sounding(block - part.delay, in);
                    sounds = sounds || signal;
                    scratch.signals.push_back(signal ? signal : ring_.silence());
                }
                if (sounds)
                    scratch.responses.push_back(part.response);
                else
                    scratch.signals.resize(scratch.signals.size() - count);
            }
        if (scratch.responses.empty()) return;
        // Several outs already keep the workers busy, each with a working set that stays in one core's cache.
        Workers& hands = wiring_.outs.size() == 1 ? workers_ : alone_;
        hands.for_each(static_cast<int>(fft.pairs()), [&](int part) {
            typename ScratchPool<Scratch>::Loan own(pool_);
            const auto pair = static_cast<std::size_t>(part);
            Sample* const sums = fit((*own).sums, count * fft.pair_samples());
            fft.sum_products(pair, scratch.responses, scratch.signals.data(), count, sums);
            for (std::size_t b = 0; b < count; ++b)
                fft.inverse_pair(pair, sums + b * fft.pair_samples(), blocks + b * fft.work_samples());
        });
        hands.for_each(static_cast<int>(count), [&](int b) {
            const Span span = output_of(first + b, end);
            if (span.count() == 0) return;
            typename ScratchPool<Scratch>::Loan own(pool_);
            const Frames from = wiring_.plan.transform - hop_ + span.from - ((first + b) * hop_ - wiring_.ahead);
            fft.inverse_end(blocks + static_cast<std::size_t>(b) * fft.work_samples(), static_cast<std::size_t>(from),
                            static_cast<std::size_t>(span.count()), place(rooms, out.rows.first, span.from),
                            out.rows.second >= 0 ? place(rooms, out.rows.second, span.from) : nullptr,
                            fit((*own).tile, fft.tile_samples()));
        });
    }

    Sample* place(std::vector<AudioView<Sample>>& rooms, int index, Frames frame) const {
        const AudioView<Sample>& room = rooms[static_cast<std::size_t>(index / wiring_.outputs)];
        return room.channel(index % wiring_.outputs) + (frame - written_);
    }

    Workers& workers_;
    SerialWorkers alone_;
    FilterWiring<Sample> wiring_;
    Frames hop_, run_;
    SpectrumRing<Sample> ring_;
    ScratchPool<Scratch> pool_;
    ScratchPool<RunScratch> run_pool_;
    AudioQueue<Sample> queue_;
    Frames queue_from_;  // the frame that the queue starts at
    Frames next_block_ = 0;
    Frames written_ = 0;
    std::optional<FilterWitness<Sample>> proof_;
};

template <class Sample>
FilterBank<Sample>::FilterBank(std::span<const FirMatrix> matrices, Workers& workers)
    : body_(std::make_unique<Body>(matrices, workers)) {}
template <class Sample>
FilterBank<Sample>::~FilterBank() = default;
template <class Sample>
FilterBank<Sample>::FilterBank(FilterBank&&) noexcept = default;

template <class Sample>
void FilterBank<Sample>::attend(std::vector<typename FilterWitness<Sample>::Weighed> matrices, StageWitness& witness) {
    body_->attend(std::move(matrices), witness);
}
template <class Sample>
int FilterBank<Sample>::inputs() const {
    return body_->inputs();
}
template <class Sample>
int FilterBank<Sample>::outputs() const {
    return body_->outputs();
}
template <class Sample>
int FilterBank<Sample>::count() const {
    return body_->count();
}
template <class Sample>
void FilterBank<Sample>::push(AudioView<const Sample> in, std::span<AudioQueue<Sample>> outs) {
    body_->push(in, outs);
}
template <class Sample>
void FilterBank<Sample>::finish(std::span<AudioQueue<Sample>> outs) {
    body_->finish(outs);
}

template class FilterBank<float>;
template class FilterBank<double>;

}  // namespace lathe
