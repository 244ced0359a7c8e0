// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/toml_reader.h"

/// What the album file's format knows and this version does not build yet.
namespace lathe {

inline constexpr Reserved reserved_in_track[] = {{"mix"}, {"stem"}, {"stems"}, {"ride"}};
inline constexpr Reserved reserved_in_chain[] = {{"from"}, {"to"}, {"fade_ms"}};
inline constexpr Reserved reserved_in_deliver[] = {
    {"ceiling"}, {"format", "ddp"}, {"format", "cue"}, {"layout", "sides"}};
inline constexpr std::string_view reserved_processors[] = {"saturation", "deesser", "transient",
                                                           "match",      "matrix",  "external"};

/// The reserved keys of the rows that have these fields: a dynamic EQ band's.
std::span<const Reserved> reserved_of(Fields row_fields);

}  // namespace lathe
