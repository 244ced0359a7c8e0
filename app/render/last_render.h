// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "app/render/render_result.h"

namespace lathe {

/// The last render into a folder, read back from the manifest there: of the tracks, the files, the album's numbers and
/// the warnings what the document holds, the files where they lie now, and the recipe. Throws InputError where nothing
/// was rendered.
RenderResult last_render(const std::filesystem::path& folder);

}  // namespace lathe
