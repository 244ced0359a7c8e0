// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace lathe {

/// Bad usage or bad input: what, where and how to mend it, in one line. Exit code 2.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A setting that cannot be realised as it stands (a crossover above Nyquist, a filter past the longest). Says which
/// and how to mend it; the session adds the file and the line. Exit code 2.
class BadSetting : public InputError {
public:
    using InputError::InputError;
};

/// The system failed: a disk, a device, a lock held elsewhere. Exit code 3.
class SystemError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The user asked to stop. Exit code 130.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "interrupted"; }
};

}  // namespace lathe
