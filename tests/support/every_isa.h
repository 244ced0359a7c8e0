// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "dsp/simd/isa.h"
#include "tests/support/catch.h"

namespace lathe::test {

/// Runs test() on each instruction set that this processor has, and leaves the one in use as it was.
template <class Test>
void on_every_isa(Test test) {
    const Isa before = active_isa();
    for (const Isa isa : all_isas) {
        if (isa > best_isa()) continue;
        use_isa(isa);
        CAPTURE(std::string(isa_name(isa)));
        test();
    }
    use_isa(before);
}

}  // namespace lathe::test
