// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/render/stage_clock.h"

namespace lathe {

StageClock::Entry& StageClock::entry(const std::string& name) {
    for (Entry& known : entries_)
        if (known.name == name) return known;
    return entries_.emplace_back(Entry{name, 0, false});
}
void StageClock::add(const std::string& name, double busy_s) {
    const std::lock_guard lock(mutex_);
    entry(name).busy_s += busy_s;
}
void StageClock::add(const std::vector<StageReport>& reports) {
    for (const StageReport& report : reports) add(report.name, report.busy_s);
}
void StageClock::mark_cached(const std::string& name) {
    const std::lock_guard lock(mutex_);
    entry(name).cached = true;
}
std::vector<StageClock::Entry> StageClock::entries() const {
    const std::lock_guard lock(mutex_);
    return entries_;
}

}  // namespace lathe
