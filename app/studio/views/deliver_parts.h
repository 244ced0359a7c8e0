// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/render/dry_run.h"
#include "app/studio/model/findings.h"
#include "app/studio/views/studio.h"

/// The parts of the view that delivers.
namespace lathe {

/// What a delivery of the album as it stands would make.
struct Foretold {
    DryRun dry;
    std::vector<std::string> changes;  ///< in words, since the last render into its folder
};

/// The table of files. result: of a delivery of the album as it stands; null: there was none. is_chosen: whether a file
/// is to be written.
void draw_files(Studio& studio, const Foretold& plan, const RenderResult* result, float height,
                bool (*is_chosen)(const DryRun::File&, const Studio&));

/// What a delivery gave cause to say, or would; a click goes to the place.
void draw_findings(Studio& studio, const std::vector<RenderWarning>& findings, bool is_delivered);
float findings_height(const Studio& studio, std::size_t count);

}  // namespace lathe
