// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <string>

namespace lathe::test {

/// An X server of 1400 × 900 pixels on a display that it finds free itself, ended with the object or with the program.
/// Throws std::runtime_error if it does not start.
class VirtualScreen {
public:
    VirtualScreen();
    ~VirtualScreen();
    VirtualScreen(const VirtualScreen&) = delete;
    VirtualScreen& operator=(const VirtualScreen&) = delete;
    const std::string& display() const { return display_; }  ///< as DISPLAY names it

private:
    pid_t server_;
    std::string display_;
};

}  // namespace lathe::test
