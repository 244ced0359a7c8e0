// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/render/compile.h"
#include "app/render/gain_point_key.h"
#include "app/render/programme.h"

namespace lathe {

/// XXH3 of a text: 128 bits in hexadecimal, or 64 bits.
std::string content_hash(std::string_view text);
std::uint64_t short_hash(std::string_view text);

/// What a sound, or a measurement of one, follows from beside its sources and settings: this program's signal
/// processing, the library that decodes, the instruction set.
std::string sound_key();

/// What this program's files follow from beside the album: its sources, the libraries that decode and resample, the
/// instruction set.
std::string program_key();

GainPointKey gain_point_key(const Programme& programme, const SourceLibrary& library, const CompiledChain& before,
                            Frames tail, std::string_view precision);

/// Content address of an unquantised master: what arrives at the gain point, the gain that each part of the programme
/// gets there, in dB, and every setting behind it.
std::string master_key(const std::string& gain_point_key, std::span<const double> gains_db, const CompiledChain& after,
                       std::span<const Fade> fades);

}  // namespace lathe
