// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/media/audio_file.h"
#include "app/session/album.h"

namespace lathe {

/// How a delivery's samples are stored.
SampleFormat sample_format_of(const DeliverSettings& settings);
/// The rate that is asked for; else opus takes 48000 Hz, and all others the sources' highest.
int delivery_rate(const DeliverSettings& settings, int highest_source_rate);
/// "16", "24", "32" or "float"; empty for lossy formats.
std::string bits_text(SampleFormat format);
/// ".wav", …
std::string extension_of(DeliverFormat format);

}  // namespace lathe
