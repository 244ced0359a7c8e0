// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/render/render.h"

namespace lathe {

/// Writes the album's deliverables in the background, as `lathe render` does.
class Deliverer {
public:
    Deliverer(std::filesystem::path spill_folder, Cache cache);
    ~Deliverer();

    /// force: overwrites files that the last render did not make. Nothing happens while another one is under way.
    void start(std::shared_ptr<const Album> album, const Selection& selection, bool force);
    void cancel();
    bool is_running() const;
    double share() const;         ///< 0…1 of the work
    double seconds_left() const;  ///< as it seems; 0: nothing can be said yet
    /// Of one file of the delivery under way.
    FileProgress::State progress_of(const std::filesystem::path& file) const;
    /// What the last delivery made, or stood by; none yet, or it failed: null.
    std::shared_ptr<const RenderResult> result() const;
    std::string error() const;  ///< why it failed; empty: it has not
    /// How many deliveries have ended, however: another number when what lies on the disk may be another.
    int ended() const;
    /// The album that it was of.
    std::shared_ptr<const Album> album() const;

private:
    void run(const Album& album, const Selection& selection, bool force);

    RenderOptions options_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Album> album_;
    std::shared_ptr<const RenderResult> result_;
    std::string error_;
    bool is_running_ = false;
    int ended_ = 0;
    std::unique_ptr<RenderProgress> progress_;
    std::unique_ptr<Cancel> cancel_;
    std::chrono::steady_clock::time_point began_;
    std::thread thread_;
};

}  // namespace lathe
