// SPDX-License-Identifier: GPL-3.0-or-later
// Catch2 v2 (Debian 12) or v3, under the same names.
#pragma once

#ifdef LATHE_CATCH2_V3
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
