// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/cli/command.h"
#include "dsp/measure/spectrum_part.h"

namespace lathe {

/// `lathe spectrum FILE --spectrogram …`: the options that belong to it, and what it does.
class SpectrogramOptions {
public:
    void declare(CLI::App& command);
    bool is_wanted() const { return is_wanted_; }
    /// Throws InputError for an option that nothing but --spectrogram understands, where that is missing.
    void check_unwanted() const;
    /// png: no picture if empty.
    void run(const std::string& file, SpectrumPart part, const std::string& png, const std::string& theme,
             const CommonOptions& common, const Cancel& cancel) const;

private:
    bool is_wanted_ = false, is_reassigned_ = false;
    CLI::Option *reassigned_ = nullptr, *range_ = nullptr, *from_ = nullptr, *to_ = nullptr;
    std::string from_time_, to_time_;
    double range_db_ = 90;
};

}  // namespace lathe
