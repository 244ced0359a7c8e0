// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/render/preview.h"

namespace lathe {

/// What is known of a track's master.
struct TrackMaster {
    KeptPreview preview;    ///< the last that landed; none yet: null
    bool is_final = false;  ///< it is of the album as it stands, with its gain known
};

/// A track's master in some state of the album.
struct OtherMaster {
    std::shared_ptr<const Album> album;
    std::string track;
    Rendition rendition;
    KeptPreview preview{};  ///< none: not rendered yet
    std::string error{};    ///< why it cannot be; empty: it can

    bool is_of(const Album& other, const std::string& other_track, const Rendition& other_rendition) const {
        return album && album->text == other.text && track == other_track && rendition == other_rendition;
    }
};

/// What the render loop shows: whole and unchanging once it is handed out.
struct RenderBoard {
    std::uint64_t revision = 0;  ///< of the document that was last asked for
    Rendition rendition;         ///< that was asked for
    std::map<std::string, TrackMaster> tracks;
    std::optional<double> integrated_lufs, loudness_range_lu, true_peak_dbtp;  ///< of the album, when all is final
    double duration_s = 0;
    bool album_is_final = false;
    bool is_busy = false;
    std::string working_on;  ///< a track's id
    std::string error;       ///< why nothing can be rendered; empty: nothing is wrong
    std::vector<RenderWarning> warnings;
    OtherMaster other;  ///< what was last asked for beside
    /// Whether anything is still to land.
    bool has_work() const { return is_busy || (other.album && !other.preview && other.error.empty()); }
    double edit_s = 0;  ///< how long the last edit took to the current track's final figures
};

/// Renders the album as it stands, again after every edit: the current track first, then the album's gain where it
/// hangs on all, then the other tracks. A new request ends the one before at once.
class RenderLoop {
public:
    /// landed: told by any thread that the board is another one.
    RenderLoop(std::filesystem::path spill_folder, Cache cache, std::function<void()> landed = {});
    ~RenderLoop();

    /// The album to be rendered, as what, and the track to begin with. sources_changed: what has landed is of files
    /// that are no longer so.
    void request(std::shared_ptr<const Album> album, std::uint64_t revision, const std::string& track,
                 const Rendition& rendition, bool sources_changed = false);
    std::shared_ptr<const RenderBoard> board() const;
    /// Beside that, one track of another state of the album, for who compares: between two tracks of the album's own,
    /// again after each request until it lands. Another one takes its place.
    void request_other(OtherMaster wanted);
    /// 0…1, of the work at hand.
    double progress() const;

private:
    struct Request {
        std::shared_ptr<const Album> album;
        std::uint64_t revision = 0;
        std::string track;
        Rendition rendition;
        std::chrono::steady_clock::time_point asked;
    };
    void run();
    void render(const Request& request, const Cancel& cancel);
    template <class Change>
    void change(Change make);
    void show(std::shared_ptr<const RenderBoard> board);
    void land(const std::vector<KeptPreview>& previews, bool is_final);
    void render_other(const Cancel& cancel);

    RenderOptions options_;
    PreviewMemory memory_;
    const std::function<void()> landed_;
    std::map<std::string, double> last_gain_db_;  ///< by master
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::optional<Request> next_;
    std::optional<OtherMaster> next_other_;
    std::shared_ptr<Cancel> cancel_;
    std::shared_ptr<RenderProgress> progress_;
    std::shared_ptr<const RenderBoard> board_;
    std::shared_ptr<const Album> album_;  ///< that was last asked for
    bool ends_ = false;
    std::thread thread_;
};

}  // namespace lathe
