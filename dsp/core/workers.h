// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace lathe {

/// Lends hands to a stage whose parts do not depend on each other. dsp knows no thread; the engine brings them.
class Workers {
public:
    virtual ~Workers() = default;
    /// Calls part(0) … part(count − 1), in any order, perhaps at once; returns when all are done. Rethrows what a part
    /// threw.
    virtual void for_each(int count, const std::function<void(int)>& part) = 0;
};

/// One pair of hands: the parts in order.
class SerialWorkers final : public Workers {
public:
    void for_each(int count, const std::function<void(int)>& part) override {
        for (int i = 0; i < count; ++i) part(i);
    }
};

}  // namespace lathe
