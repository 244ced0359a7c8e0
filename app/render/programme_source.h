// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "app/media/audio_file.h"
#include "app/render/programme.h"
#include "dsp/engine/engine.h"

namespace lathe {

/// The end of a part that its file did not give, and that was read as silence.
struct SilentEnd {
    const ProgrammePart* part = nullptr;
    double from_s = 0, seconds = 0;  ///< in the source
};

/// A programme's audio, part after part from its files, and silence for the tail. Throws InputError for a bad file, and
/// for one that is not the one that was hashed.
template <class Sample>
class ProgrammeSource final : public Source<Sample> {
public:
    ProgrammeSource(const Programme& programme, Frames tail) : programme_(programme), tail_(tail) {}
    int channels() const override { return programme_.channels; }
    Frames frames() const override { return programme_.frames + tail_; }
    void read(AudioView<Sample> out) override;
    const std::vector<SilentEnd>& silent_ends() const { return silent_ends_; }

private:
    void open(const ProgrammePart& part);
    void note_silent_end(const ProgrammePart& part);

    const Programme& programme_;
    Frames tail_;
    Frames at_ = 0;
    std::size_t part_ = 0;
    std::optional<AudioReader> reader_;
    std::vector<SilentEnd> silent_ends_;
};

}  // namespace lathe
