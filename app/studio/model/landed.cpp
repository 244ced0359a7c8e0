// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/landed.h"

namespace lathe {

void LandedMasters::keep(std::shared_ptr<const Album> album, const Rendition& rendition, const std::string& track,
                         KeptPreview preview) {
    for (Entry& entry : entries_)
        if (entry.track == track && entry.rendition == rendition && entry.album->text == album->text) {
            entry.preview = std::move(preview);
            return;
        }
    entries_.push_back({std::move(album), rendition, track, std::move(preview)});
    if (entries_.size() > most) entries_.pop_front();
}

KeptPreview LandedMasters::find(const std::string& album_text, const Rendition& rendition,
                                const std::string& track) const {
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry)
        if (entry->track == track && entry->rendition == rendition && entry->album->text == album_text)
            return entry->preview;
    return nullptr;
}

}  // namespace lathe
