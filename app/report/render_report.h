// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "app/render/dry_run.h"
#include "app/render/verify.h"

namespace lathe {

/// A render for people: the loudness table, the warnings, where the files are, how long it took.
std::string render_text(const RenderResult& result);
/// Per-stage processor times, the largest first.
std::string stage_text(const RenderResult& result);
std::string dry_run_text(const DryRun& dry);
/// What --verify found, file by file.
std::string verification_text(const Verification& found);
std::string warning_text(const RenderWarning& warning);

}  // namespace lathe
