// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/render/gain_point_cache.h"
#include "app/render/render.h"
#include "app/render/stored_audio.h"

namespace lathe {

/// What an album is listened to as: one of its masters, of one version of its songs, or of the main one where a song
/// has no such version.
struct Rendition {
    std::string master = "main", version = "main";
    bool operator==(const Rendition&) const = default;
};

/// One track as its file would be if it were delivered now: rendered, held under the ceiling, quantised and measured in
/// memory. Nothing is written; the samples are those of the file.
struct TrackPreview {
    std::string track;         ///< its id
    DeliverableResult result;  ///< without path, hashes and certificate
    KeptAudio audio;
    double source_from_s = 0, source_s = 0;     ///< where in its source the track begins, and how much of it it is
    double gap_before_s = 0, gap_behind_s = 0;  ///< silence in its file; below 0: its end lies in the next one's
    std::vector<StageGains> gains;              ///< of the chain's dynamics, from the track's first frame on
    std::vector<RenderWarning> warnings;
};
using KeptPreview = std::shared_ptr<const TrackPreview>;

/// How much of its audio PreviewMemory keeps, in bytes. What earlier states of the album have left stays for undo; more
/// of it would fill the memory with what nobody asks for, and leave fresh pages or the disk to the next edit.
struct PreviewLimits {
    Frames memory = Frames{4} << 30;  ///< that need not go to files: some two hours of a stereo album
    Frames old_gain_points = Frames{512} << 20;
    Frames old_previews = Frames{1} << 30;
};

/// What the previews of an album keep for each other in memory, edit after edit.
class PreviewMemory {
public:
    /// spill_folder: of nameless working files, for what is too much for the memory.
    explicit PreviewMemory(std::filesystem::path spill_folder, const PreviewLimits& limits = {});

    CompileMemory compiled;
    std::shared_ptr<StorageBudget> budget;  ///< of audio
    GainPointCache<float> gain_points;

    /// The tracks of a stream, by its sound's content address. Those that somebody holds stay, and of the others the
    /// last used.
    std::vector<KeptPreview> find(const std::string& sound);
    void keep(const std::string& sound, std::vector<KeptPreview> tracks);
    /// The gain points of a master's latest state stay too, in place of those of the state before: of the master on
    /// screen, and of another that it is compared with.
    void hold(const std::string& master, std::vector<std::string> keys);

private:
    struct Entry {
        std::vector<KeptPreview> tracks;
        std::uint64_t used = 0;

        bool is_idle() const;
        Frames bytes() const;
    };
    void drop_idle();

    const Frames old_bytes_;
    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::uint64_t uses_ = 0;
    struct Held {
        std::string master;
        std::vector<std::string> keys;
    };
    std::deque<Held> held_;  ///< of gain points, the latest last
};

/// One state of an album, as one rendition, as previews of its tracks. Made anew for every edit; what has not changed
/// is remembered. The file that a track's preview speaks of is that of the master's first lossless delivery, or 24-bit
/// WAV where there is none.
class Preview {
public:
    /// Compiles; nothing runs yet. Throws InputError for whatever is wrong with the album.
    Preview(const Album& album, const Rendition& rendition, const RenderOptions& options, PreviewMemory& memory,
            RenderProgress& progress, const Cancel& cancel);
    ~Preview();

    /// Whether a track's gain hangs on other tracks too.
    bool gain_is_shared() const;
    /// The gain that all tracks take until solve() finds it.
    void assume_gain(double solved_gain_db);
    /// Finds the gain of the group that the track is in: the whole album's, or its own. Returns it, in dB: that of the
    /// main version, which others take unless their settings say otherwise.
    double solve(const std::string& track);
    /// Renders the track, and those that share a stream with it: as the rendition has them, each once. Throws
    /// Cancelled, SystemError and InputError.
    std::vector<KeptPreview> render(const std::string& track);
    /// What solving gave cause to say.
    std::vector<RenderWarning> warnings() const;

private:
    struct Body;
    std::unique_ptr<Body> body_;
};

}  // namespace lathe
