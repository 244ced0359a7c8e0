// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/gain_point_cache.h"

namespace lathe {

template <class Sample>
void GainPointCache<Sample>::expect(const std::string& key) {
    const std::lock_guard lock(mutex_);
    ++entries_[key].users;
}
template <class Sample>
std::shared_ptr<const BeforeGainPoint<Sample>> GainPointCache<Sample>::find(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(key);
    return known == entries_.end() ? nullptr : known->second.audio;
}
template <class Sample>
void GainPointCache<Sample>::keep(const std::string& key, std::shared_ptr<const BeforeGainPoint<Sample>> audio) {
    const std::lock_guard lock(mutex_);
    if (const auto known = entries_.find(key); known != entries_.end()) known->second.audio = std::move(audio);
}
template <class Sample>
bool GainPointCache<Sample>::is_last_user(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(key);
    return known != entries_.end() && known->second.users == 1;
}
template <class Sample>
void GainPointCache<Sample>::release(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(key);
    if (known == entries_.end() || --known->second.users > 0) return;
    known->second.released = ++releases_;
    drop_idle();
}

template <class Sample>
Frames GainPointCache<Sample>::Entry::bytes() const {
    return audio && audio->audio
               ? audio->audio->frames() * audio->audio->channels() * static_cast<Frames>(sizeof(Sample))
               : 0;
}

template <class Sample>
void GainPointCache<Sample>::drop_idle() {
    for (;;) {
        Frames idle = 0;
        auto oldest = entries_.end();
        for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
            if (entry->second.users > 0) continue;
            idle += entry->second.bytes();
            if (oldest == entries_.end() || entry->second.released < oldest->second.released) oldest = entry;
        }
        const bool is_empty = oldest != entries_.end() && !oldest->second.audio;
        if (oldest == entries_.end() || (idle <= idle_bytes_ && !is_empty)) return;
        entries_.erase(oldest);
    }
}

template class GainPointCache<float>;
template class GainPointCache<double>;

}  // namespace lathe
