// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace lathe {

/// What decides what arrives at the gain point, each part hashed by itself, so that a render can say which one changed.
struct GainPointKey {
    std::string program;   ///< the sources that dsp was built from, libraries, precision, instruction set
    std::string source;    ///< the files' bytes and stretches, input gains
    std::string settings;  ///< every setting up to there, and the tail

    std::string address() const;  ///< the content address
};

}  // namespace lathe
