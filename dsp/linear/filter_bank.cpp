// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/filter_bank.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "dsp/linear/block_transform.h"
#include "dsp/linear/filter_wiring.h"
#include "dsp/linear/spectrum_ring.h"

namespace lathe {
namespace {

constexpr Frames batch_frames = Frames(1) << 16;  ///< taken in before the workers are called
constexpr Frames longest_run = 8;                 ///< blocks whose spectra are multiplied together

template <class Sample>
bool is_silent(const Sample* samples, Frames count) {
    return std::all_of(samples, samples + count, [](Sample x) { return x == 0; });
}

/// out += Σ gain · input, in double, rounded once.
template <class Sample>
void add_dry(const std::vector<typename FilterWiring<Sample>::Dry>& dry, AudioView<const Sample> in, Sample* out) {
    constexpr Frames at_once = 256;
    double sum[at_once];
    for (Frames from = 0; from < in.frames; from += at_once) {
        const Frames count = std::min(at_once, in.frames - from);
        for (Frames n = 0; n < count; ++n) sum[n] = out[from + n];
        for (const auto& [input, gain] : dry) {
            const Sample* x = in.channel(input) + from;
            for (Frames n = 0; n < count; ++n) sum[n] += gain * x[n];
        }
        for (Frames n = 0; n < count; ++n) out[from + n] = static_cast<Sample>(sum[n]);
    }
}

}  // namespace

// Block m holds the input before frame (m + 1) · hop. The responses are causal, `ahead` late, so block m brings the
// output frames from m · hop − ahead on; what lies before frame 0 is left out.
template <class Sample>
class FilterBank<Sample>::Body {
public:
    Body(const std::vector<FirMatrix>& matrices, Workers& workers)
        : workers_(workers),
          wiring_(matrices),
          hop_(wiring_.plan.hop),
          batch_(std::max(batch_frames / hop_, wiring_.plan.partitions > longest_run ? 2 * longest_run : Frames(4))),
          run_(std::clamp(batch_ / 4, Frames(1), longest_run)),
          shape_(wiring_.plan.transform),
          transform_(wiring_.plan.transform),
          ring_(wiring_.ins.empty() ? 0 : wiring_.plan.partitions - 1 + batch_, wiring_.inputs, shape_),
          queue_(wiring_.inputs),
          queue_from_(hop_ - wiring_.plan.transform) {
        queue_.append_silence(-queue_from_);
    }

    int inputs() const { return wiring_.inputs; }
    int outputs() const { return wiring_.outputs; }
    int count() const { return static_cast<int>(wiring_.rows.size()) / wiring_.outputs; }

    void push(AudioView<const Sample> in, std::span<AudioQueue<Sample>> outs) {
        for (Frames from = 0; from < in.frames;) {
            const Frames taken = std::min(in.frames - from, room());
            queue_.append(in.slice(from, taken));
            from += taken;
            run_blocks(std::numeric_limits<Frames>::max(), outs);
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
    using Group = typename FilterWiring<Sample>::Group;
    struct Span {
        Frames from, to;
        Frames count() const { return std::max(to - from, Frames(0)); }
    };

    Frames queue_end() const { return queue_from_ + queue_.frames(); }
    Frames room() const { return (next_block_ + batch_) * hop_ - queue_end(); }
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
        const int groups = static_cast<int>(wiring_.ins.size());
        workers_.for_each(static_cast<int>(blocks) * groups, [&](int part) {
            analyse(next_block_ + part / groups, wiring_.ins[static_cast<std::size_t>(part % groups)]);
        });

        const Frames brought = std::min((next_block_ + blocks) * hop_ - wiring_.ahead, end) - written_;
        if (brought > 0) {
            std::vector<AudioView<Sample>> rooms;
            for (AudioQueue<Sample>& out : outs) rooms.push_back(out.extend(brought));
            const int runs = static_cast<int>((blocks + run_ - 1) / run_), jobs = static_cast<int>(wiring_.outs.size());
            workers_.for_each(runs * jobs, [&](int part) {
                const Frames first = next_block_ + part / jobs * run_;
                const Frames last = std::min(first + run_, next_block_ + blocks);
                synthesise(first, last, wiring_.outs[static_cast<std::size_t>(part % jobs)], end, rooms);
            });
            written_ += brought;
        }
        next_block_ += blocks;
        const Frames needed = std::min((next_block_ + 1) * hop_ - wiring_.plan.transform, written_);
        queue_.drop(needed - queue_from_);
        queue_from_ = needed;
    }

    /// The spectra of one or two channels of a block.
    void analyse(Frames block, const Group& group) {
        const AudioView<const Sample> in = input((block + 1) * hop_ - wiring_.plan.transform, wiring_.plan.transform);
        bool sounds = false;
        for (const int channel : {group.first, group.second}) {
            if (channel < 0) continue;
            const bool silent = is_silent(in.channel(channel), in.frames);
            ring_.mark(block, channel, silent);
            sounds = sounds || !silent;
        }
        if (!sounds) return;
        typename ScratchPool<Sample>::Loan scratch(pool_);
        const bool pair = group.second >= 0;
        transform_.forward(in.channel(group.first), pair ? in.channel(group.second) : nullptr,
                           ring_.spectrum(block, group.first), pair ? ring_.spectrum(block, group.second) : nullptr,
                           *scratch);
    }

    /// One or two rows of blocks first … last − 1.
    void synthesise(Frames first, Frames last, const Group& group, Frames end, std::vector<AudioView<Sample>>& rooms) {
        typename ScratchPool<Sample>::Loan loan(pool_);
        BlockScratch<Sample>& scratch = *loan;
        const bool pair = group.second >= 0;
        multiply(first, last, group, scratch.products);
        std::size_t sum = 0;
        for (Frames block = first; block < last; ++block, sum += pair ? 2 : 1) {
            const Span span = output_of(block, end);
            if (span.count() == 0) continue;
            Sample* const x = place(rooms, group.first, span.from);
            Sample* const y = pair ? place(rooms, group.second, span.from) : nullptr;
            const SpectrumProducts<Sample>& products = scratch.products;
            if (products.sounds(sum) || (pair && products.sounds(sum + 1))) {
                const Frames from = wiring_.plan.transform - hop_ + span.from - (block * hop_ - wiring_.ahead);
                transform_.inverse(products.sum(sum), pair ? products.sum(sum + 1) : nullptr, from, span.count(), x, y,
                                   scratch);
            } else {
                std::fill_n(x, span.count(), Sample(0));
                if (pair) std::fill_n(y, span.count(), Sample(0));
            }
            const AudioView<const Sample> in = input(span.from, span.count());
            if (!row(group.first).dry.empty()) add_dry(row(group.first).dry, in, x);
            if (pair && !row(group.second).dry.empty()) add_dry(row(group.second).dry, in, y);
        }
    }

    /// The spectra of the rows of blocks first … last − 1.
    void multiply(Frames first, Frames last, const Group& group, SpectrumProducts<Sample>& products) const {
        products.start(shape_);
        for (Frames block = first; block < last; ++block)
            for (const int index : {group.first, group.second}) {
                if (index < 0) continue;
                products.add_sum();
                for (const auto& [channel, response] : row(index).wet)
                    for (const auto& part : response->parts())
                        if (const Sample* spectrum = ring_.sounding(block - part.delay, channel))
                            products.add_product(spectrum, part.spectrum.data());
            }
        products.run();
    }

    Sample* place(std::vector<AudioView<Sample>>& rooms, int index, Frames frame) const {
        const AudioView<Sample>& room = rooms[static_cast<std::size_t>(index / wiring_.outputs)];
        return room.channel(index % wiring_.outputs) + (frame - written_);
    }

    Workers& workers_;
    FilterWiring<Sample> wiring_;
    Frames hop_, batch_, run_;
    SpectrumShape shape_;
    BlockTransform<Sample> transform_;
    SpectrumRing<Sample> ring_;
    ScratchPool<Sample> pool_;
    AudioQueue<Sample> queue_;
    Frames queue_from_;  // the frame that the queue starts at
    Frames next_block_ = 0;
    Frames written_ = 0;
};

template <class Sample>
FilterBank<Sample>::FilterBank(std::vector<FirMatrix> matrices, Workers& workers)
    : body_(std::make_unique<Body>(matrices, workers)) {}
template <class Sample>
FilterBank<Sample>::~FilterBank() = default;
template <class Sample>
FilterBank<Sample>::FilterBank(FilterBank&&) noexcept = default;

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
