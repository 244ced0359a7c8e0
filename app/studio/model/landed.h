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
    void keep(std::shared_ptr<const Album> album, const Rendition& rendition, const std::string& track,
              KeptPreview preview);
    /// What a track's master was when the album read so; null: it was never finished, or is gone.
    KeptPreview find(const std::string& album_text, const Rendition& rendition, const std::string& track) const;

private:
    static constexpr std::size_t most = 64;
    struct Entry {
        std::shared_ptr<const Album> album;
        Rendition rendition;
        std::string track;
        KeptPreview preview;
    };
    std::deque<Entry> entries_;
};

}  // namespace lathe
