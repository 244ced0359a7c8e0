// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/render_loop.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/studio/model/quiet_threads.h"
#include "app/studio/model/same_song.h"
#include "dsp/core/error.h"
#include "dsp/measure/loudness.h"

namespace lathe {
namespace {

/// What has landed, by the ids that the songs have now.
std::map<std::string, TrackMaster> with_their_songs(const std::map<std::string, TrackMaster>& landed,
                                                    const Album& before, const Album& now) {
    std::map<std::string, TrackMaster> tracks;
    for (const Track& track : now.tracks)
        if (const Track* const then = same_song(track, before))
            if (const auto at = landed.find(then->id); at != landed.end()) tracks.insert({track.id, at->second});
    return tracks;
}

/// The album's figures, of all its tracks.
void pool(const Album& album, RenderBoard& board) {
    std::vector<LoudnessPart> parts;
    board.true_peak_dbtp.reset();
    board.duration_s = 0;
    board.album_is_final = true;
    for (const Track& track : album.tracks) {
        const auto at = board.tracks.find(track.id);
        if (at == board.tracks.end() || !at->second.preview) {
            board.album_is_final = false;
            continue;
        }
        board.album_is_final &= at->second.is_final;
        const DeliverableResult& result = at->second.preview->result;
        parts.push_back({&result.measured.loudness});
        board.duration_s += result.duration_s;
        if (const auto peak = result.measured.true_peak_dbtp)
            board.true_peak_dbtp = std::max(board.true_peak_dbtp.value_or(-INFINITY), *peak);
    }
    board.integrated_lufs = integrated_lufs(parts);
    board.loudness_range_lu = loudness_range_lu(parts);
}

}  // namespace

RenderLoop::RenderLoop(std::filesystem::path spill_folder, Cache cache, std::function<void()> landed)
    : memory_(spill_folder), landed_(std::move(landed)), board_(std::make_shared<RenderBoard>()) {
    options_.spill_folder = std::move(spill_folder);
    options_.cache = std::move(cache);
    options_.certify = Certify::off;
    thread_ = std::thread([this] { run(); });
}

RenderLoop::~RenderLoop() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
        if (cancel_) cancel_->request();
    }
    wake_.notify_one();
    thread_.join();
}

void RenderLoop::request(std::shared_ptr<const Album> album, std::uint64_t revision, const std::string& track,
                         const Rendition& rendition, bool sources_changed) {
    {
        const std::lock_guard lock(mutex_);
        if (cancel_) cancel_->request();
        auto board = std::make_shared<RenderBoard>(*board_);
        if (album_) board->tracks = with_their_songs(board_->tracks, *album_, *album);
        album_ = album;
        next_ = Request{std::move(album), revision, track, rendition, std::chrono::steady_clock::now()};
        if (board->revision != revision || board->rendition != rendition || sources_changed)
            for (auto& [id, state] : board->tracks) state.is_final = false;
        board->revision = revision;
        board->rendition = rendition;
        board->album_is_final = false;
        board->is_busy = true;
        board_ = std::move(board);
    }
    wake_.notify_one();
}

void RenderLoop::request_other(OtherMaster wanted) {
    {
        const std::lock_guard lock(mutex_);
        auto board = std::make_shared<RenderBoard>(*board_);
        board->other = wanted;
        board_ = std::move(board);
        next_other_ = std::move(wanted);
    }
    wake_.notify_one();
}

std::shared_ptr<const RenderBoard> RenderLoop::board() const {
    const std::lock_guard lock(mutex_);
    return board_;
}

double RenderLoop::progress() const {
    const std::lock_guard lock(mutex_);
    return progress_ ? progress_->done_share() : 0;
}

/// To be called with the lock held.
void RenderLoop::show(std::shared_ptr<const RenderBoard> board) {
    board_ = std::move(board);
    if (landed_) landed_();
}

template <class Change>
void RenderLoop::change(Change make) {
    const std::lock_guard lock(mutex_);
    if (next_) return;  // what is being told is no longer wanted
    auto board = std::make_shared<RenderBoard>(*board_);
    make(*board);
    show(std::move(board));
}

void RenderLoop::land(const std::vector<KeptPreview>& previews, bool is_final) {
    change([&](RenderBoard& board) {
        for (const KeptPreview& preview : previews) board.tracks[preview->track] = {preview, is_final};
    });
}

void RenderLoop::run() {
    const QuietThreads quiet;
    for (;;) {
        std::optional<Request> request;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return next_ || next_other_ || ends_; });
            if (ends_) return;
            request = std::exchange(next_, {});
            cancel_ = std::make_shared<Cancel>();
            progress_ = std::make_shared<RenderProgress>();
        }
        std::string error;
        try {
            if (request) render(*request, *cancel_);
            render_other(*cancel_);
        } catch (const Cancelled&) {
            continue;
        } catch (const std::exception& failure) {
            error = failure.what();
        }
        if (!request) continue;
        change([&](RenderBoard& board) {
            board.error = error;
            board.is_busy = false;
            board.working_on.clear();
        });
    }
}

/// Takes up what is asked for beside, if anything is.
void RenderLoop::render_other(const Cancel& cancel) {
    std::optional<OtherMaster> wanted;
    {
        const std::lock_guard lock(mutex_);
        wanted = next_other_;
    }
    if (!wanted) return;
    try {
        RenderProgress progress;
        Preview preview(*wanted->album, wanted->rendition, options_, memory_, progress, cancel);
        preview.solve(wanted->track);
        for (const KeptPreview& made : preview.render(wanted->track))
            if (made->track == wanted->track) wanted->preview = made;
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& failure) {
        wanted->error = failure.what();
    }
    const std::lock_guard lock(mutex_);
    const bool is_still_wanted = next_other_->is_of(*wanted->album, wanted->track, wanted->rendition);
    if (!is_still_wanted) return;
    next_other_.reset();
    auto board = std::make_shared<RenderBoard>(*board_);
    board->other = std::move(*wanted);
    show(std::move(board));
}

void RenderLoop::render(const Request& request, const Cancel& cancel) {
    const Album& album = *request.album;
    if (album.tracks.empty()) return;
    Preview preview(album, request.rendition, options_, memory_, *progress_, cancel);
    const bool is_shared = preview.gain_is_shared();
    const auto render_track = [&](const std::string& track, bool is_final) {
        change([&](RenderBoard& board) { board.working_on = track; });
        land(preview.render(track), is_final);
    };
    const auto tell_time = [&] {
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - request.asked;
        change([&](RenderBoard& board) {
            board.edit_s = taken.count();
            board.error.clear();
        });
    };
    if (is_shared) {
        if (const auto known = last_gain_db_.find(request.rendition.master); known != last_gain_db_.end()) {
            preview.assume_gain(known->second);
            render_track(request.track, false);
        }
        last_gain_db_[request.rendition.master] = preview.solve(request.track);
        render_track(request.track, true);
    } else {
        preview.solve(request.track);
        render_track(request.track, true);
    }
    tell_time();
    for (const Track& track : album.tracks) {
        if (track.id == request.track) continue;
        render_other(cancel);
        if (!is_shared) preview.solve(track.id);
        render_track(track.id, true);
    }
    change([&](RenderBoard& board) {
        pool(album, board);
        board.warnings = preview.warnings();
    });
}

}  // namespace lathe
