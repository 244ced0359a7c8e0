// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/render/cache.h"
#include "app/render/delivery_plan.h"
#include "app/render/solve.h"

namespace lathe {

/// Remembers in a cache what gain a group of programmes was solved to, by the content address of all that it follows
/// from: what arrives at the gain point, every setting behind it, the targets, and the streams that keep the ceiling.
/// So a render can be foretold without one.
template <class Sample>
class GainMemory {
public:
    GainMemory(const Cache& cache, MonoWeight mono) : cache_(cache), mono_(mono) {}

    /// The group's address, before it is solved. streams: those that it must suit.
    std::string key(const GainGroup<Sample>& group, const std::vector<const PlannedStream*>& streams) const;
    void keep(const std::string& key, double solved_gain_db) const;
    /// None: it was not solved before, or that is forgotten.
    std::optional<double> find(const std::string& key) const;

private:
    const Cache& cache_;
    MonoWeight mono_;
};

}  // namespace lathe
