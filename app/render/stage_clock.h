// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "dsp/engine/engine.h"

namespace lathe {

/// Processor time per stage, added up over all runs of a render.
class StageClock {
public:
    void add(const std::string& name, double busy_s);
    void add(const std::vector<StageReport>& reports);
    void mark_cached(const std::string& name);
    struct Entry {
        std::string name;
        double busy_s = 0;
        bool cached = false;
    };
    std::vector<Entry> entries() const;  ///< in the order in which they first came

private:
    Entry& entry(const std::string& name);
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
};

}  // namespace lathe
