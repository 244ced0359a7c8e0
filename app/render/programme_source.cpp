// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/programme_source.h"

#include <fmt/format.h>

#include <algorithm>

#include "dsp/core/error.h"

namespace lathe {

template <class Sample>
void ProgrammeSource<Sample>::open(const ProgrammePart& part) {
    if (!reader_ || reader_->info().path != part.source) reader_.emplace(part.source);
    if (reader_->position() != part.source_from) reader_->seek(part.source_from);
}

template <class Sample>
void ProgrammeSource<Sample>::note_silent_end(const ProgrammePart& part) {
    const Frames from = std::max(reader_->info().frames - reader_->silent_frames(), part.source_from);
    const Frames frames = part.source_from + part.frames - from;
    if (reader_->silent_frames() > 0 && frames > 0)
        silent_ends_.push_back(
            {&part, static_cast<double>(from) / programme_.rate, static_cast<double>(frames) / programme_.rate});
}

template <class Sample>
void ProgrammeSource<Sample>::read(AudioView<Sample> out) {
    Frames done = 0;
    while (done < out.frames && part_ < programme_.parts.size()) {
        const ProgrammePart& part = programme_.parts[part_];
        if (at_ == part.at) open(part);
        const Frames n = std::min(out.frames - done, part.at + part.frames - at_);
        const Frames got = reader_->read(out.slice(done, n));
        if (got < n)
            throw InputError(fmt::format("{}: ends after {:.3f} s although its header says {:.3f} s; export it again",
                                         part.source.string(),
                                         static_cast<double>(part.source_from + at_ - part.at + got) / programme_.rate,
                                         reader_->info().duration_s()));
        done += n;
        at_ += n;
        if (at_ == part.at + part.frames) {
            note_silent_end(part);
            check_unchanged(part.source, part.source_state);
            ++part_;
        }
    }
    for (int c = 0; c < out.channels; ++c) std::fill_n(out.channel(c) + done, out.frames - done, Sample(0));
    at_ += out.frames - done;
}

template class ProgrammeSource<float>;
template class ProgrammeSource<double>;

}  // namespace lathe
