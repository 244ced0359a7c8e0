// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "app/media/output_file.h"

namespace lathe {

/// Gives every page of a finished Ogg file this stream serial number, and its checksum anew. libsndfile draws a random
/// one, and two renders would differ. Pages as in RFC 3533, section 6. Throws SystemError if the file is no Ogg stream.
void set_ogg_serial(OutputFile& file, std::uint32_t serial);

}  // namespace lathe
