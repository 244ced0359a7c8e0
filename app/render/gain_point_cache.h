// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/render/master_job.h"

namespace lathe {

/// What has been rendered up to the gain point in this process, by content address, for as long as somebody will ask:
/// masters whose chains agree up to there share it.
template <class Sample>
class GainPointCache {
public:
    /// idle_bytes: how much audio that nobody is known to ask for again stays nevertheless, the last used longest.
    explicit GainPointCache(Frames idle_bytes = 0) : idle_bytes_(idle_bytes) {}
    /// One more will ask for key.
    void expect(const std::string& key);
    std::shared_ptr<const BeforeGainPoint<Sample>> find(const std::string& key) const;
    void keep(const std::string& key, std::shared_ptr<const BeforeGainPoint<Sample>> audio);
    /// Whether all others who were expected are done with it.
    bool is_last_user(const std::string& key) const;
    /// One of those is done with it.
    void release(const std::string& key);

private:
    struct Entry {
        int users = 0;
        std::uint64_t released = 0;  ///< the count of releases when it was last left idle
        std::shared_ptr<const BeforeGainPoint<Sample>> audio;

        Frames bytes() const;
    };
    void drop_idle();

    Frames idle_bytes_;
    mutable std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::uint64_t releases_ = 0;
};

}  // namespace lathe
