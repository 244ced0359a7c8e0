// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "app/media/audio_file.h"
#include "app/render/programme.h"
#include "dsp/engine/engine.h"

namespace lathe {

/// A programme's audio, part after part from its files, and silence for the tail. Throws InputError for a bad file.
template <class Sample>
class ProgrammeSource final : public Source<Sample> {
public:
    ProgrammeSource(const Programme& programme, Frames tail) : programme_(programme), tail_(tail) {}
    int channels() const override { return programme_.channels; }
    Frames frames() const override { return programme_.frames + tail_; }
    void read(AudioView<Sample> out) override;

private:
    void open(const ProgrammePart& part);

    const Programme& programme_;
    Frames tail_;
    Frames at_ = 0;
    std::size_t part_ = 0;
    std::optional<AudioReader> reader_;
};

}  // namespace lathe
