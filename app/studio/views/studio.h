// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/studio/model/analyses.h"
#include "app/studio/model/blind_test.h"
#include "app/studio/model/comparison.h"
#include "app/studio/model/delivery.h"
#include "app/studio/model/document.h"
#include "app/studio/model/file_watch.h"
#include "app/studio/model/landed.h"
#include "app/studio/model/live_sound.h"
#include "app/studio/model/monitor.h"
#include "app/studio/model/preferences.h"
#include "app/studio/model/recent_albums.h"
#include "app/studio/model/recovery.h"
#include "app/studio/model/render_loop.h"
#include "app/studio/shell/controls.h"

namespace lathe {

/// The jobs of the large view.
enum class LargeView { spectrum, spectrogram, resonances, compare, deliver };
inline constexpr std::array<std::string_view, 5> large_view_words{"spectrum", "spectrogram", "resonances", "compare",
                                                                  "deliver"};

struct StudioSettings {
    std::filesystem::path cache_folder, state_folder;
    Cache cache;
    std::string audio_device;      ///< as Monitor has it
    std::function<void()> landed;  ///< told by any thread that the next frame has something new to show
};

/// A line for the hand: what went wrong, or was done.
struct Message {
    std::string text;
    bool is_error = false;
};

/// What waits for an answer before the work goes on.
enum class Question {
    none,
    close,           ///< there is unsaved work
    changed_outside  ///< another program has written the album file, and there is unsaved work
};

/// A stretch of the current track, in seconds.
struct TimeSpan {
    double from_s = 0, to_s = 0;
    double length() const { return to_s - from_s; }
};

/// What the master on screen is compared with.
struct ComparedWith {
    enum class Kind { before, snapshot, master, version, reference, source };  ///< before: the last edit
    Kind kind = Kind::before;
    std::size_t snapshot = 0;
    std::string name;  ///< of the master or the version
    bool operator==(const ComparedWith&) const = default;
};

/// A blind test under way, A the master on screen, B what it is compared with; and what is heard in it.
struct BlindListening {
    enum class Heard { a, b, x };
    BlindTest test;
    Heard heard = Heard::a;
    std::uint64_t revision = 0;  ///< of the document that A is of
    std::string track;
};

/// The workstation's state: what all panels look at and change. No panel knows another.
class Studio {
public:
    explicit Studio(StudioSettings settings);
    ~Studio();

    const StudioSettings settings;
    Preferences preferences;
    std::unique_ptr<Document> document;  ///< none: an empty window
    std::unique_ptr<Recovery> recovery;
    FileWatch watch;
    Analyses analyses;
    Analyses outlines;  ///< waveforms alone: nothing stands before them
    Analyses pictures;  ///< what the eye waits for, apart: no long measurement is in its way
    PerSlot<LiveSound> live{LiveSound(pictures), LiveSound(pictures), LiveSound(pictures)};
    RenderLoop renders;
    Deliverer deliverer;
    std::string plan_error;                    ///< why the deliverables cannot be planned; empty: they can
    std::shared_ptr<const RenderBoard> board;  ///< of this frame

    std::string track;                              ///< the id of the current one
    std::string master = "main", version = "main";  ///< that are on screen
    LandedMasters past_masters;
    RecentAlbums recent;
    ComparedWith compared_with;
    struct {
        std::string track;
        ComparedWith with;
        KeptPreview preview;
    } last_compared;                          ///< shown, dimmed, until the state that is compared with is rendered
    bool compares_loop = false;               ///< what is compared is the loop alone, where there is one
    bool hears_compared = false;              ///< in the reference's place, as long as the view that compares is shown
    std::optional<BlindListening> blind;      ///< none: there is no test
    std::optional<std::uint64_t> blind_seed;  ///< of the tests to come; none: at random
    MonitorSettings monitoring;
    Monitor monitor;
    LargeView large_view = LargeView::spectrum;
    Owner edited = Owner::album;    ///< whose settings the hand changes
    double playhead_s = 0;          ///< in the current track's file
    std::optional<TimeSpan> shown;  ///< of the overview; none: all of it
    std::optional<TimeSpan> loop;
    std::optional<TimeSpan> join_shown;  ///< of the join with the next track, which is played through; none: not shown
    std::size_t reference = 0;           ///< the one that is heard and drawn
    std::array<float, 4> reference_area{};  ///< of the screen, where dropped files become references
    bool shows_help = false, shows_palette = false;
    bool shows_before = false;  ///< the track as it was before the last edit is heard and seen
    Question question = Question::none;
    std::string chosen_processor;  ///< its strip is open
    std::optional<double> chosen_resonance_hz;
    std::optional<SoloBand> pointed_band;  ///< heard alone while the pointer is on it; told anew in every frame
    std::optional<Message> message;

    bool is_open() const { return document != nullptr; }
    /// Opens an album file; or says in `message` why it cannot be.
    void open(const std::filesystem::path& album);
    /// Takes music to compare the album with.
    void take_references(const std::vector<std::filesystem::path>& files);
    /// Takes the mixes into the open album, or into a new one beside the first of them; an album file is opened.
    void take(const std::vector<std::filesystem::path>& files);
    void save();
    /// Saves over what another program has written.
    void save_over();
    /// Takes the album file as another program has written it; undo leaves it.
    void reload();
    /// Lets the unsaved work go: nothing is kept of it.
    void abandon();
    /// Nothing is lost by closing.
    bool may_close() const { return !is_open() || !document->is_changed() || is_abandoned_; }
    /// Once a frame, before the panels: takes what has landed, asks for what has changed.
    void begin_frame();

    const Album& album() const { return document->album(); }
    Rendition rendition() const { return {master, version}; }
    /// The album's, each as the version on screen has it; they stay where they are until the next frame.
    const std::vector<Track>& tracks() const;
    const Track* current_track() const;      ///< of tracks()
    const Version* current_version() const;  ///< null: the main one is on screen
    /// The id that the current song has in another state of the album; empty: it is not there.
    std::string track_in(const Album& other) const;
    const TrackMaster* current_master() const;  ///< null: nothing has landed yet
    /// What landed last of any track; null: nothing yet.
    const TrackMaster* master_of(const std::string& id) const;
    void choose_track(const std::string& id);
    void step_track(int by);
    Sound source_sound();
    /// A file as it lies there now; empty: that is not known yet, or there is none.
    Sound sound_of(const std::filesystem::path& file);
    Sound master_sound() const;
    const Reference* current_reference() const;  ///< null: there is none
    Sound reference_sound();
    Sound sound_at(Slot slot);
    TimePoint start_of(Slot slot) const;  ///< where in that sound the track's time begins
    /// Around the playhead; null: nothing yet.
    std::shared_ptr<const LivePiece> live_piece(Slot slot);
    double track_duration_s() const;
    /// The next track's file as it landed, in this one's time; none: nothing follows, or not yet.
    std::optional<NextSound> next_sound() const;
    /// Whether the reference's place in the player is taken by what the master is compared with.
    bool has_compared_in_place() const { return large_view == LargeView::compare && (hears_compared || blind); }

    /// Where a join is shown, playing begins in front of it.
    void play_or_pause();
    void place_playhead(double seconds);
    /// Likewise, and what lies there is heard.
    void scrub(double seconds);

    /// An edit of the album; what cannot be is said in `message`. drag: as Document::edit has it.
    bool edit(const std::string& name, const std::vector<Edit>& edits, const std::string& drag = "");
    void undo();
    void redo();
    void recall_snapshot(std::size_t i);
    void take_snapshot(std::size_t i);
    /// Whether anything is still to come to the screen by itself.
    bool is_at_work() const;
    void say(std::string text) { message = Message{std::move(text), false}; }
    void complain(std::string text) { message = Message{std::move(text), true}; }

private:
    void adopt(std::unique_ptr<Document> opened);
    void supply_monitor();
    void show_track(const std::string& id);
    void follow_playhead();
    double end_of_playing_s() const;
    void follow_song();
    void request_render();
    void look_for_other_hands();
    void save(bool overwrite);
    void supply_compared(PerSlot<MonitorSignal>& signals, MonitorSettings& heard);
    std::vector<Edit> insertions(const std::string& list, const std::vector<std::filesystem::path>& files) const;
    void after_change();

    bool is_abandoned_ = false;
    struct ShownTracks {
        std::uint64_t revision = 0;  ///< of the document
        std::string version;
        std::vector<Track> tracks;
    };
    mutable std::list<ShownTracks> shown_tracks_;  ///< the latest first; others live on to the end of the frame
    std::optional<Track> song_;                    ///< the current one's main version, as it was at that revision
    std::uint64_t song_revision_ = 0;
    std::optional<FileState> album_state_;
    std::vector<FileState> source_states_;
    std::optional<TrackMaster> before_;
    PartLoudness source_loudness_, reference_loudness_;  ///< what the signals are matched by
    std::uint64_t asked_revision_ = 0;
    KeptPreview last_landed_, last_other_;
    std::string asked_track_, last_monitor_message_;
    Rendition asked_rendition_;
};

}  // namespace lathe
