// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace lathe {

/// Lends memory that a worker needs for a while; made once for as many as work at the same time, then used again.
template <class Scratch>
class ScratchPool {
public:
    class Loan {
    public:
        explicit Loan(ScratchPool& pool) : pool_(pool), scratch_(pool.take()) {}
        ~Loan() { pool_.give_back(std::move(scratch_)); }
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        Scratch& operator*() { return *scratch_; }

    private:
        ScratchPool& pool_;
        std::unique_ptr<Scratch> scratch_;
    };

private:
    std::unique_ptr<Scratch> take() {
        const std::scoped_lock lock(mutex_);
        if (free_.empty()) return std::make_unique<Scratch>();
        std::unique_ptr<Scratch> scratch = std::move(free_.back());
        free_.pop_back();
        return scratch;
    }
    void give_back(std::unique_ptr<Scratch> scratch) {
        const std::scoped_lock lock(mutex_);
        free_.push_back(std::move(scratch));
    }
    std::mutex mutex_;
    std::vector<std::unique_ptr<Scratch>> free_;
};

}  // namespace lathe
