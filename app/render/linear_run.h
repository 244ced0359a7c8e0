// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "app/render/cache.h"
#include "app/render/source_library.h"
#include "app/session/album.h"
#include "dsp/linear/fir.h"

namespace lathe {

/// Neighbouring linear processors fused into one.
struct LinearRun {
    std::shared_ptr<const FirMatrix> matrix;  ///< none: they do nothing
    std::string name;                         ///< of those that do something: "eq+stereo"
    double tail_s = 0;                        ///< how much longer they make what goes through
    int channels_out = 0;
};

template <class Settings>
constexpr bool is_linear_type = std::is_same_v<Settings, GainSettings> || std::is_same_v<Settings, EqSettings> ||
                                std::is_same_v<Settings, StereoSettings> || std::is_same_v<Settings, ReverbSettings>;
bool is_linear(const ChainEntry& entry);

/// entries: linear ones. cache, memory: as for Compiler; a run that the memory knows is not designed again. Throws
/// InputError that names the processor.
std::shared_ptr<const LinearRun> linear_run(std::span<const ChainEntry* const> entries, double rate, int channels,
                                            SourceLibrary& library, const Cache& cache, CompileMemory* memory);

}  // namespace lathe
