// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/render/retag.h"

namespace lathe {

/// Remembers in a cache what became of streams, by the content address of what their files hold: the masters, how they
/// are laid, cut, tagged and written, where, and the sources that the program was built from.
template <class Sample>
class DeliveryMemory {
public:
    using Jobs = std::vector<MasterJob<Sample>*>;  ///< of a stream's reel, solved

    DeliveryMemory(const Cache& cache, Certify certify, MonoWeight mono)
        : cache_(cache), certify_(certify), mono_(mono) {}

    void keep(const PlannedStream& stream, const Jobs& jobs, const DeliveredStream& delivered) const;
    /// What became of the stream in an earlier render, if every file of it is still the one that was written then: by
    /// its size and time of change, or else its SHA-256. Never of one that is kept for a file of the whole album.
    std::optional<DeliveredStream> find(const PlannedStream& stream, const Jobs& jobs) const;

    /// Whether it was made with these names and tags, whatever became of its files since.
    bool remembers(const PlannedStream& stream, const Jobs& jobs) const {
        return known(stream, files_key(stream, jobs)).has_value();
    }

    /// What became of it, and where its files lay, if it sounded the same but for names and tags. Lossless streams
    /// alone: another encoding of a lossy file is another sound.
    std::optional<SameSound> find_sound(const PlannedStream& stream, const Jobs& jobs) const;

    /// The content address of what the stream's files sound like.
    std::string sound_key(const PlannedStream& stream, const Jobs& jobs) const;

private:
    std::string sound_of(const PlannedStream& stream, const Jobs& jobs) const;
    std::string files_key(const PlannedStream& stream, const Jobs& jobs) const;
    std::optional<CacheEntry> known(const PlannedStream& stream, const std::string& key) const;

    const Cache& cache_;
    Certify certify_;
    MonoWeight mono_;
};

}  // namespace lathe
