// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "app/render/preview.h"
#include "app/session/album.h"

namespace lathe {

/// The finished masters that were on screen, to compare with: the last ones stay.
class LandedMasters {
public:
    void keep(std::shared_ptr<const Album> album, const std::string& track, KeptPreview preview);
    /// The master that a track had when the album read so; null: it was never finished, or is gone.
    KeptPreview find(const std::string& album_text, const std::string& track) const;

private:
    static constexpr std::size_t most = 64;
    struct Entry {
        std::shared_ptr<const Album> album;
        std::string track;
        KeptPreview preview;
    };
    std::deque<Entry> entries_;
};

/// What is left of a master when another one, turned to its loudness, is taken away.
struct MasterDifference {
    double gain_db = 0;              ///< of the other one, so that both are equally loud
    std::vector<float> residual_db;  ///< RMS, dBFS, of every 100 ms
    static constexpr double step_s = 0.1;
};
/// Throws InputError where rates or channels differ, Cancelled.
MasterDifference difference_of(const TrackPreview& master, const TrackPreview& other, const Cancel& cancel);

/// The lines in which two texts differ, in words: "- line of the other" and "+ line of this".
std::vector<std::string> changed_lines(const std::string& from, const std::string& to);

}  // namespace lathe
