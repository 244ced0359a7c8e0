// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>
#include <vector>

#include "dsp/core/workers.h"

namespace lathe::test {

/// Several hands that take the parts in a muddled order.
class MuddledWorkers final : public Workers {
public:
    void for_each(int count, const std::function<void(int)>& part) override {
        std::vector<std::thread> threads;
        for (int t = 0; t < 3; ++t)
            threads.emplace_back([&, t] {
                for (int i = count - 1 - t; i >= 0; i -= 3) part(i);
            });
        for (auto& thread : threads) thread.join();
    }
};

}  // namespace lathe::test
