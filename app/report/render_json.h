// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "app/render/dry_run.h"
#include "app/render/verify.h"
#include "app/session/album.h"

namespace lathe {

nlohmann::ordered_json to_json(const DryRun& dry);
nlohmann::ordered_json to_json(const SolvedGains& solved);
nlohmann::ordered_json to_json(const Verification& found);
/// The `measure` document.
nlohmann::ordered_json to_json(const std::vector<FileMeasurement>& files);
/// The `info` document: the album with every default resolved.
nlohmann::ordered_json to_json(const Album& album);

}  // namespace lathe
