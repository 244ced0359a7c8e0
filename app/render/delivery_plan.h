// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/render/delivery_stream.h"
#include "app/render/programme.h"
#include "app/render/selection.h"
#include "app/session/album.h"

namespace lathe {

/// What the plan must know of a programme once its chain is compiled.
struct RenderedShape {
    Frames frames = 0;  ///< tail included
    int channels = 0;
};

/// A programme's place in the stream of its reel, at the delivery rate.
struct LaidProgramme {
    std::size_t programme = 0;  ///< index among the main or the version programmes
    Frames at = 0, frames = 0;
};

/// One reel in one format: what becomes of it.
struct PlannedStream {
    const Delivery* delivery = nullptr;
    const Master* master = nullptr;
    std::string version;  ///< "main": the reel is of main programmes, else of version programmes
    StreamFormat format;
    std::vector<LaidProgramme> reel;
    std::vector<FileCut> cuts;                ///< of layout = "tracks": ascending
    std::vector<const Track*> cut_tracks;     ///< of each cut
    std::vector<std::size_t> cut_programmes;  ///< of each cut: index in reel
    Frames silence_before = 0;                ///< of layout = "album": between the stream before and this one
};

/// A file that holds the whole album: streams one after another.
struct PlannedAlbumFile {
    FileCut cut;
    std::vector<std::size_t> streams;  ///< indices in DeliveryPlan::streams, in order
};

struct DeliveryPlan {
    std::vector<PlannedStream> streams;
    std::vector<PlannedAlbumFile> album_files;
    std::vector<std::filesystem::path> files() const;  ///< all of them
};

/// Every file that the selection asks for, named, tagged and cut. Throws InputError for a pair that a format cannot
/// hold, an unknown name, or two files of one name. shape(programme, is_main, master) tells what rendering gives.
using ShapeOf = std::function<RenderedShape(std::size_t programme, bool is_main, const Master& master)>;
DeliveryPlan plan_deliveries(const Album& album, const SourceLibrary& library, const std::vector<Programme>& main,
                             const std::vector<Programme>& versions, const Selection& selection,
                             const std::filesystem::path& out_folder, const ShapeOf& shape);

/// What a gain that keeps a ceiling must suit, whichever files are asked for: the streams of those deliveries, with no
/// files in them.
std::vector<PlannedStream> streams_to_suit(const Album& album, const SourceLibrary& library,
                                           const std::vector<Programme>& main, const std::vector<Programme>& versions,
                                           const std::vector<Delivery>& deliveries, const ShapeOf& shape);

}  // namespace lathe
