// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <string>

#include "app/render/source_library.h"
#include "app/session/album.h"
#include "dsp/core/error.h"

namespace lathe {

/// Names every setting that a processor follows from, and the impulse response it uses.
std::string key_of(const ChainEntry& entry, SourceLibrary& library);
std::string key_of(const ReverbSettings& settings, SourceLibrary& library);

/// Throws BadSetting for a processor that works on a part of a pair where there is none.
void check_part(const CommonSettings& common, int channels);

/// The channels, of as many, that a processor works on.
int worked_channels(const CommonSettings& common, int channels);

/// Does work for a processor: what fails is told with the processor's name.
template <class Work>
auto naming(const ChainEntry& entry, Work work) {
    try {
        return work();
    } catch (const InputError& error) {
        throw InputError(fmt::format("{}: {}", entry.id, error.what()));
    }
}

}  // namespace lathe
