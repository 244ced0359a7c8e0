// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "dsp/core/error.h"

namespace lathe::test {

/// What f's InputError says; "" if it throws none.
template <class F>
std::string error_of(F f) {
    try {
        f();
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace lathe::test
