// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/accuracy.h"

#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/support/catch.h"

namespace lathe::test {

double record(std::string_view topic, std::string_view what, std::string_view against, double bound, double figure,
              std::string_view unit) {
    if (const char* path = std::getenv("LATHE_ACCURACY")) {
        std::ofstream file(path, std::ios::app);
        file.precision(9);
        file << topic << '\t' << what << '\t' << against << '\t' << bound << '\t' << unit << '\t'
             << std::string(Catch::getResultCapture().getCurrentTestName()) << '\t' << figure << '\n';
    }
    return bound;
}

}  // namespace lathe::test
