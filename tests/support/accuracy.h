// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace lathe::test {

/// Writes down what a test measured, for the table that `./dev accuracy` makes: `what`, measured `against` something
/// computed another way, must stay below `bound`. Returns the bound, so that a test reads
/// CHECK(error < record("Meters", "integrated loudness, tones", "closed form", 0.01, error, "LU")).
/// Appends a line with the running test's name to the file that LATHE_ACCURACY names; does nothing where that is not
/// set. Of several figures of one claim the table shows the largest.
double record(std::string_view topic, std::string_view what, std::string_view against, double bound, double figure,
              std::string_view unit);

}  // namespace lathe::test
