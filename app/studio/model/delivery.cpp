// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/delivery.h"

#include <utility>

#include "app/studio/model/quiet_threads.h"

namespace lathe {

Deliverer::Deliverer(std::filesystem::path spill_folder, Cache cache) {
    options_.spill_folder = std::move(spill_folder);
    options_.cache = std::move(cache);
}

Deliverer::~Deliverer() {
    cancel();
    if (thread_.joinable()) thread_.join();
}

void Deliverer::start(std::shared_ptr<const Album> album, const Selection& selection, bool force) {
    {
        const std::lock_guard lock(mutex_);
        if (is_running_) return;
        is_running_ = true;
        album_ = std::move(album);
        result_.reset();
        error_.clear();
        progress_ = std::make_unique<RenderProgress>();
        cancel_ = std::make_unique<Cancel>();
        began_ = std::chrono::steady_clock::now();
    }
    if (thread_.joinable()) thread_.join();
    thread_ = std::thread([this, kept = album_, selection, force] { run(*kept, selection, force); });
}

void Deliverer::run(const Album& album, const Selection& selection, bool force) {
    const QuietThreads quiet;
    RenderOptions options = options_;
    options.selection = selection;
    options.force = force;
    std::shared_ptr<const RenderResult> result;
    std::string error;
    try {
        result = std::make_shared<RenderResult>(render_album(album, options, *progress_, *cancel_));
    } catch (const Cancelled&) {
        error = "cancelled; files that were finished stay";
    } catch (const std::exception& failure) {
        error = failure.what();
    }
    const std::lock_guard lock(mutex_);
    result_ = std::move(result);
    error_ = std::move(error);
    is_running_ = false;
    ++ended_;
}

void Deliverer::cancel() {
    const std::lock_guard lock(mutex_);
    if (cancel_) cancel_->request();
}
bool Deliverer::is_running() const {
    const std::lock_guard lock(mutex_);
    return is_running_;
}
double Deliverer::share() const {
    const std::lock_guard lock(mutex_);
    return progress_ ? progress_->done_share() : 0;
}
double Deliverer::seconds_left() const {
    constexpr double least_share = 0.02;
    const double done = share();
    if (done < least_share) return 0;
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began_;
    return taken.count() * (1 - done) / done;
}
FileProgress::State Deliverer::progress_of(const std::filesystem::path& file) const {
    const std::lock_guard lock(mutex_);
    return progress_ ? progress_->files().of(file) : FileProgress::State{};
}
std::shared_ptr<const RenderResult> Deliverer::result() const {
    const std::lock_guard lock(mutex_);
    return result_;
}
std::string Deliverer::error() const {
    const std::lock_guard lock(mutex_);
    return error_;
}
int Deliverer::ended() const {
    const std::lock_guard lock(mutex_);
    return ended_;
}
std::shared_ptr<const Album> Deliverer::album() const {
    const std::lock_guard lock(mutex_);
    return album_;
}

}  // namespace lathe
