// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "app/render/gain_curves.h"
#include "app/render/level_file.h"
#include "app/render/render_result.h"
#include "app/render/resonance_file.h"
#include "app/session/album.h"
#include "dsp/measure/spectrum.h"

namespace lathe {

/// A written file and what is drawn of it.
struct ReportedFile {
    std::string number, title;  ///< of its track; of a file of the whole album the number is empty
    DeliverableResult file;
    LevelHistory levels;
    Spectrum spectrum;                  ///< in twelfths of an octave
    std::vector<Resonance> resonances;  ///< the worst five that are likely at all; none of what is too short to tell
    std::string spectrogram_png;
    std::vector<StageGains> gains;  ///< of its track's chain; none where its sources are gone
};

/// What a report tells of an album's last render.
struct AlbumReport {
    Album album;          ///< as it was rendered
    bool edited = false;  ///< since that render
    RenderResult render;
    /// Of every track its file of the main master and version, one that loses nothing before one that does; where no
    /// track has a file of its own, that of the whole album.
    std::vector<ReportedFile> files;
};

/// Measures what a report needs, file by file at once. render: an album, its output folder or its manifest. options:
/// the cache and the folder of working files. Throws InputError where nothing was rendered, or a file is gone.
AlbumReport gather_report(const std::filesystem::path& render, const RenderOptions& options, const Cancel& cancel);

}  // namespace lathe
