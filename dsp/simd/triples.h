// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace lathe {

/// n samples of 24 bits as files hold them, three bytes each, little-endian, into the high bits of 32.
struct UnpackTriples {
    template <class Arch>
    void operator()(Arch, const unsigned char* in, std::int32_t* out, std::size_t n);
};

/// The way back; what is below 24 bits is left out.
struct PackTriples {
    template <class Arch>
    void operator()(Arch, const std::int32_t* in, unsigned char* out, std::size_t n);
};

}  // namespace lathe
