// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/output/resample.h"

#include <fmt/format.h>
#include <soxr.h>

#include <cmath>
#include <type_traits>

#include "dsp/core/error.h"

namespace lathe {
namespace {
void check(soxr_error_t error) {
    if (error) throw SystemError(fmt::format("resampling failed: {}", error));
}

soxr* make_converter(double from, double to, bool is_float) {
    const soxr_datatype_t type = is_float ? SOXR_FLOAT32_I : SOXR_FLOAT64_I;
    const soxr_io_spec_t io = soxr_io_spec(type, type);
    const soxr_quality_spec_t quality = soxr_quality_spec(is_float ? SOXR_VHQ : SOXR_32_BITQ, SOXR_HI_PREC_CLOCK);
    const soxr_runtime_spec_t one_thread = soxr_runtime_spec(1);
    soxr_error_t error = nullptr;
    soxr* converter = soxr_create(from, to, 1, &error, &io, &quality, &one_thread);
    if (error) throw BadSetting(fmt::format("cannot resample from {} Hz to {} Hz: {}", from, to, error));
    return converter;
}
}  // namespace

Frames resampled_frames(Frames frames, double from, double to) {
    return std::llround(static_cast<double>(frames) * to / from);
}

template <class Sample>
void Resampler<Sample>::Delete::operator()(soxr* s) const {
    soxr_delete(s);
}

template <class Sample>
Resampler<Sample>::Resampler(int channels, double from, double to, Workers& workers)
    : from_(from),
      to_(to),
      workers_(workers),
      grid_(channels, block_frames),
      converted_(channels, 2 * resampled_frames(block_frames, from, to) + block_frames) {
    for (int c = 0; c < channels; ++c)
        converters_.emplace_back(make_converter(from, to, std::is_same_v<Sample, float>));
}

template <class Sample>
void Resampler<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    grid_.push(in, [&](AudioView<const Sample> block) { convert(block, out); });
}

template <class Sample>
void Resampler<Sample>::convert(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    frames_in_ += in.frames;
    Frames taken = 0;
    for (;;) {
        const AudioView<const Sample> left = in.slice(taken, in.frames - taken);
        std::vector<std::size_t> used(converters_.size()), made(converters_.size());
        workers_.for_each(in.channels, [&](int c) {
            const auto k = static_cast<std::size_t>(c);
            check(soxr_process(converters_[k].get(), left.channel(c), static_cast<std::size_t>(left.frames), &used[k],
                               converted_.channel(c), static_cast<std::size_t>(converted_.frames()), &made[k]));
        });
        taken += static_cast<Frames>(used[0]);
        append(static_cast<Frames>(made[0]), out);
        if (taken == in.frames && static_cast<Frames>(made[0]) < converted_.frames()) return;
    }
}

template <class Sample>
void Resampler<Sample>::append(Frames count, AudioQueue<Sample>& out) {
    frames_out_ += count;
    out.append(converted_.view().slice(0, count));
}

template <class Sample>
void Resampler<Sample>::finish(AudioQueue<Sample>& out) {
    if (grid_.rest().frames > 0) convert(grid_.rest(), out);
    const Frames wanted = resampled_frames(frames_in_, from_, to_);
    while (frames_out_ < wanted) {
        std::size_t made = 0;
        for (std::size_t c = 0; c < converters_.size(); ++c) {
            std::size_t used = 0;
            check(soxr_process(converters_[c].get(), nullptr, 0, &used, converted_.channel(static_cast<int>(c)),
                               static_cast<std::size_t>(std::min(converted_.frames(), wanted - frames_out_)), &made));
        }
        if (made == 0) break;
        append(static_cast<Frames>(made), out);
    }
    // Should libsoxr round the length otherwise than we promise.
    if (frames_out_ < wanted) out.append_silence(wanted - frames_out_);
}

template class Resampler<float>;
template class Resampler<double>;

std::string resampler_version() { return soxr_version(); }

}  // namespace lathe
