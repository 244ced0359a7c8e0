// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/studio.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/media/atomic_file.h"
#include "app/session/new_album.h"
#include "app/session/versions.h"
#include "app/studio/model/album_sequence.h"
#include "app/studio/model/same_song.h"
#include "app/studio/views/chain_edit.h"
#include "app/studio/views/comparison_of.h"
#include "dsp/core/error.h"

namespace lathe {

Studio::Studio(StudioSettings chosen)
    : settings(std::move(chosen)),
      preferences(settings.state_folder / "preferences.json"),
      analyses(settings.cache, settings.landed),
      outlines(settings.cache, settings.landed, 1),
      pictures(settings.cache, settings.landed, 1),
      renders(settings.cache_folder, settings.cache, settings.landed),
      deliverer(settings.cache_folder, settings.cache),
      board(renders.board()),
      recent(settings.state_folder / "recent"),
      monitor(analyses, settings.cache_folder, settings.audio_device) {}
Studio::~Studio() = default;

void Studio::adopt(std::unique_ptr<Document> opened) {
    recovery = std::make_unique<Recovery>(settings.state_folder / "recovery", opened->path());
    if (const std::optional<std::string> left = recovery->left_over()) {
        try {
            opened = std::make_unique<Document>(opened->path(), *left);
            if (opened->is_changed()) say("unsaved work of the last run is back; undo leaves it");
        } catch (const InputError&) {
            recovery->clear();
        }
    }
    document = std::move(opened);
    recent.note(document->path());
    is_abandoned_ = false;
    album_state_.reset();
    source_states_.clear();
    asked_revision_ = 0;
    shown_tracks_.clear();
    song_.reset();
    last_compared = {};
    track = album().tracks.empty() ? "" : album().tracks.front().id;
    shown.reset();
    loop.reset();
    playhead_s = 0;
}

void Studio::open(const std::filesystem::path& path) {
    try {
        adopt(std::make_unique<Document>(path));
    } catch (const std::exception& error) {
        complain(error.what());
    }
}

void Studio::take(const std::vector<std::filesystem::path>& files) {
    if (files.empty()) return;
    if (files.front().extension() == ".toml") return open(files.front());
    try {
        if (!is_open()) {
            const std::filesystem::path folder = std::filesystem::absolute(files.front()).parent_path();
            const std::filesystem::path path = folder / "album.toml";
            if (std::filesystem::exists(path))
                throw InputError(fmt::format("{}: is there already; drop it here to open it", path.string()));
            write_text_file(path, new_album_text(folder, files));
            adopt(std::make_unique<Document>(path));
            return;
        }
        const std::vector<Edit> edits = insertions("track", files);
        if (edit(edits.size() == 1 ? "add a track" : "add tracks", edits)) track = album().tracks.back().id;
    } catch (const std::exception& error) {
        complain(error.what());
    }
}

/// An entry for each file, its path as near the album as it lies.
std::vector<Edit> Studio::insertions(const std::string& list, const std::vector<std::filesystem::path>& files) const {
    std::vector<Edit> edits;
    for (const std::filesystem::path& file : files) {
        const std::filesystem::path absolute = std::filesystem::absolute(file).lexically_normal();
        const std::filesystem::path near = absolute.lexically_relative(album().folder());
        const bool lies_below = !near.empty() && *near.begin() != "..";
        edits.push_back(Edit::insert(
            list, fmt::format("{{ source = {} }}", to_toml(Value((lies_below ? near : absolute).string())))));
    }
    return edits;
}

void Studio::take_references(const std::vector<std::filesystem::path>& files) {
    if (edit("add a reference", insertions("reference", files))) reference = album().references.size() - 1;
}

const Reference* Studio::current_reference() const {
    if (!is_open() || album().references.empty()) return nullptr;
    return &album().references[std::min(reference, album().references.size() - 1)];
}

Sound Studio::reference_sound() {
    const Reference* const now = current_reference();
    return now ? sound_of(now->source) : Sound{};
}

void Studio::save() { save(false); }
void Studio::save_over() { save(true); }

void Studio::save(bool overwrite) {
    if (!is_open()) return;
    try {
        document->save(overwrite);
        recovery->clear();
        say(fmt::format("saved {}", document->path().filename().string()));
    } catch (const std::exception& error) {
        complain(error.what());
    }
}

void Studio::reload() {
    try {
        document->reload();
        say(fmt::format("{}: taken up as another program has written it; undo leaves it",
                        document->path().filename().string()));
        after_change();
    } catch (const std::exception& error) {
        complain(error.what());
    }
}

void Studio::abandon() {
    recovery->clear();
    is_abandoned_ = true;
}

const std::vector<Track>& Studio::tracks() const {
    const auto is_now = [&](const ShownTracks& of) {
        return of.revision == document->revision() && of.version == version;
    };
    if (shown_tracks_.empty() || !is_now(shown_tracks_.front())) {
        shown_tracks_.push_front({document->revision(), version, {}});
        for (const Track& each : album().tracks) shown_tracks_.front().tracks.push_back(as_version(each, version));
    }
    return shown_tracks_.front().tracks;
}

const Track* Studio::current_track() const {
    if (!is_open()) return nullptr;
    const std::vector<Track>& all = tracks();
    const auto at = std::find_if(all.begin(), all.end(), [&](const Track& candidate) { return candidate.id == track; });
    return at == all.end() ? nullptr : &*at;
}

const Version* Studio::current_version() const {
    const Track* const now = current_track();
    return now ? find_version(*now, version) : nullptr;
}

const TrackMaster* Studio::current_master() const { return before_ ? &*before_ : master_of(track); }

const TrackMaster* Studio::master_of(const std::string& id) const {
    const auto at = board->tracks.find(id);
    return at == board->tracks.end() || !at->second.preview ? nullptr : &at->second;
}

void Studio::choose_track(const std::string& id) {
    if (id == track) return;
    monitor.start_anew();
    show_track(id);
    playhead_s = 0;
}

void Studio::show_track(const std::string& id) {
    track = id;
    chosen_resonance_hz.reset();
    shown.reset();
    loop.reset();
    monitoring.solo.reset();
}

void Studio::step_track(int by) {
    const Track* const now = current_track();
    if (!now) return;
    const int count = static_cast<int>(album().tracks.size());
    choose_track(album().tracks[static_cast<std::size_t>(std::clamp(now->number - 1 + by, 0, count - 1))].id);
}

Sound Studio::source_sound() {
    const Track* const now = current_track();
    return now ? sound_of(now->source) : Sound{};
}

Sound Studio::sound_of(const std::filesystem::path& file) {
    const std::optional<FileState> state = watch.state(file);
    return state && state->bytes >= 0 ? Sound{file, nullptr, 0, *state} : Sound{};
}

Sound Studio::master_sound() const {
    const TrackMaster* const now = current_master();
    return now ? lathe::sound_of(*now->preview) : Sound{};
}

Sound Studio::sound_at(Slot slot) {
    return slot == Slot::source ? source_sound() : slot == Slot::master ? master_sound() : reference_sound();
}

TimePoint Studio::start_of(Slot slot) const {
    const Track* const now = current_track();
    const Reference* const other = current_reference();
    if (slot == Slot::source && now) return now->info.start;
    return slot == Slot::reference && other ? other->info.start : TimePoint{};
}

std::shared_ptr<const LivePiece> Studio::live_piece(Slot slot) {
    return live[static_cast<std::size_t>(slot)].at(sound_at(slot), start_of(slot), playhead_s);
}

std::optional<NextSound> Studio::next_sound() const {
    const Track* const now = current_track();
    const TrackMaster* const landed = current_master();
    if (!now || !landed || static_cast<std::size_t>(now->number) >= album().tracks.size()) return {};
    const Track& next = tracks()[static_cast<std::size_t>(now->number)];
    const TrackMaster* const follows = master_of(next.id);
    if (!follows) return {};
    const double gap_s = next.info.segue ? 0 : next.info.gap_s;
    return NextSound{lathe::sound_of(*follows->preview), next_file_at_s(*landed->preview, *follows->preview, gap_s)};
}

double Studio::end_of_playing_s() const {
    const auto next = join_shown ? next_sound() : std::nullopt;
    if (!next) return track_duration_s();
    return next->at_s + static_cast<double>(next->sound.audio->frames()) / next->sound.rate;
}

double Studio::track_duration_s() const {
    const TrackMaster* const now = current_master();
    return now ? now->preview->result.duration_s : 0;
}

bool Studio::is_at_work() const {
    return board->has_work() || analyses.is_busy() || outlines.is_busy() || pictures.is_busy() || watch.is_busy() ||
           deliverer.is_running() || (is_open() && board->revision != document->revision());
}

bool Studio::edit(const std::string& name, const std::vector<Edit>& edits, const std::string& drag) {
    try {
        document->edit(name, edits, drag);
        message.reset();
        after_change();
        return true;
    } catch (const std::exception& error) {
        complain(error.what());
        return false;
    }
}

void Studio::undo() {
    if (!is_open() || !document->can_undo()) return;
    say("undone: " + document->undo_name());
    document->undo();
    after_change();
}

void Studio::redo() {
    if (!is_open() || !document->can_redo()) return;
    say("done again: " + document->redo_name());
    document->redo();
    after_change();
}

void Studio::recall_snapshot(std::size_t i) {
    document->recall_snapshot(i);
    after_change();
}

void Studio::take_snapshot(std::size_t i) {
    document->take_snapshot(i);
    say(fmt::format("taken as snapshot {}", static_cast<char>('A' + i)));
}

void Studio::after_change() {
    is_abandoned_ = false;
    if (document->is_changed())
        recovery->note(album().text);
    else
        recovery->clear();
}

void Studio::begin_frame() {
    analyses.begin_frame();
    outlines.begin_frame();
    pictures.begin_frame();
    if (shown_tracks_.size() > 1) shown_tracks_.resize(1);
    before_.reset();
    if (is_open()) {
        follow_song();
        if (!has_master(album(), master)) master = "main";
        if (const auto names = version_names(album()); std::find(names.begin(), names.end(), version) == names.end())
            version = "main";
        if (master == "main" && edited == Owner::master) edited = Owner::album;
        if (!current_version() && edited == Owner::version) edited = Owner::album;
        look_for_other_hands();
        request_render();
    }
    board = renders.board();
    const TrackMaster* const landed = current_master();
    if (landed && landed->is_final && board->revision == document->revision() && landed->preview != last_landed_) {
        last_landed_ = landed->preview;
        past_masters.keep(document->shared_album(), rendition(), track, landed->preview);
    }
    if (const OtherMaster& other = board->other; other.preview && other.preview != last_other_) {
        last_other_ = other.preview;
        past_masters.keep(other.album, other.rendition, other.track, other.preview);
    }
    analyses.hold(board->is_busy && landed && !landed->is_final);
    if (is_open() && shows_before && document->can_undo())
        if (const Album& then = *document->before_last_edit();
            KeptPreview kept = past_masters.find(then.text, rendition(), track_in(then)))
            before_ = TrackMaster{std::move(kept), true};
    supply_monitor();
}

std::string Studio::track_in(const Album& other) const {
    const Track* const there = song_ ? same_song(*song_, other) : nullptr;
    return there ? there->id : "";
}

/// The current track stays the song that it is, whatever number it has now.
void Studio::follow_song() {
    const bool is_chosen_yet = song_ && song_->id == track;
    if (is_chosen_yet && song_revision_ == document->revision()) return;
    if (const Track* const now = is_chosen_yet ? same_song(*song_, album()) : nullptr) track = now->id;
    if (!current_track() && !album().tracks.empty()) choose_track(album().tracks.front().id);
    const Track* const chosen = current_track();
    song_ = chosen ? std::optional(album().tracks[static_cast<std::size_t>(chosen->number - 1)]) : std::nullopt;
    song_revision_ = document->revision();
}

void Studio::request_render() {
    std::vector<FileState> states;
    for (const auto* const list : {&album().tracks, &tracks()})
        for (const Track& each : *list) states.push_back(watch.state(each.source).value_or(FileState{}));
    const bool is_same_album = document->revision() == asked_revision_;
    if (!is_same_album || rendition() != asked_rendition_) source_states_.clear();
    const bool are_known = !watch.is_busy();
    const bool sources_changed = are_known && !source_states_.empty() && states != source_states_;
    if (are_known) source_states_ = states;
    if (is_same_album && track == asked_track_ && rendition() == asked_rendition_ && !sources_changed) return;
    asked_revision_ = document->revision();
    asked_track_ = track;
    asked_rendition_ = rendition();
    renders.request(document->shared_album(), asked_revision_, track, asked_rendition_, sources_changed);
}

void Studio::look_for_other_hands() {
    const std::optional<FileState> state = watch.state(document->path());
    if (!state || state == album_state_) return;
    album_state_ = state;
    if (state->bytes < 0)
        return complain(fmt::format("{}: is gone; saving writes it again", document->path().string()));
    if (!document->was_changed_outside()) return;
    if (document->is_changed())
        question = Question::changed_outside;
    else
        reload();
}

void Studio::supply_monitor() {
    MonitorSettings heard = monitoring;
    if (const auto pointed = std::exchange(pointed_band, std::nullopt)) heard.solo = pointed;
    const Track* const now = current_track();
    const TrackMaster* const landed = current_master();
    if (!now || !landed) return;
    PerSlot<MonitorSignal> signals;
    MonitorSignal& source = signals[static_cast<std::size_t>(Slot::source)];
    source.sound = source_sound();
    if (const auto levels = analyses.levels(source.sound)) {
        source.start_s = now->info.start.seconds_at(levels->rate);
        const double end_s =
            now->info.end ? now->info.end->seconds_at(levels->rate) : levels->end_s(levels->hops() - 1);
        source.integrated_lufs = source_loudness_.of({levels, {source.start_s, end_s}});
    }
    MonitorSignal& master_signal = signals[static_cast<std::size_t>(Slot::master)];
    master_signal.sound = master_sound();
    master_signal.integrated_lufs = landed->preview->result.measured.integrated_lufs;
    if (!has_compared_in_place() && !before_) master_signal.next = next_sound();
    if (has_compared_in_place()) {
        supply_compared(signals, heard);
    } else if (const Reference* const other = current_reference()) {
        MonitorSignal& signal = signals[static_cast<std::size_t>(Slot::reference)];
        signal.sound = reference_sound();
        signal.trim_db = other->info.trim_db;
        if (const auto levels = analyses.levels(signal.sound)) {
            signal.start_s = other->info.start.seconds_at(levels->rate);
            signal.integrated_lufs =
                reference_loudness_.of({levels, {signal.start_s, levels->end_s(levels->hops() - 1)}});
        }
    }
    monitor.update(heard, signals, landed->preview->result.sample_rate);
    monitor.set_loop(loop ? std::optional(std::pair(loop->from_s, loop->to_s)) : std::nullopt);
    follow_playhead();
    if (const std::string failure = monitor.message(); !failure.empty() && failure != last_monitor_message_) {
        complain(failure);
        last_monitor_message_ = failure;
    }
}

/// What plays on into the next song makes that the current one, but where the join of both is shown.
void Studio::follow_playhead() {
    if (!monitor.is_playing()) return;
    const double at_s = monitor.position_s();
    const auto next = join_shown || monitoring.slot != Slot::master ? std::nullopt : next_sound();
    if (next && at_s > next->at_s) {
        monitor.go_on(next->at_s);
        show_track(album().tracks[static_cast<std::size_t>(current_track()->number)].id);
        playhead_s = at_s - next->at_s;
    } else {
        playhead_s = std::clamp(at_s, 0.0, end_of_playing_s());
    }
}

/// Both sides of the comparison, equally loud in what is compared of them. In a blind test no setting of the hand tells
/// them apart.
void Studio::supply_compared(PerSlot<MonitorSignal>& signals, MonitorSettings& heard) {
    const Comparison comparison = comparison_of(*this);
    MonitorSignal& now = signals[static_cast<std::size_t>(Slot::master)];
    MonitorSignal& other = signals[static_cast<std::size_t>(Slot::reference)];
    other.sound = comparison.other_sound;
    other.start_s = comparison.other_start_s;
    if (comparison.loudness) {
        now.integrated_lufs = comparison.loudness->now.integrated_lufs;
        other.integrated_lufs = comparison.loudness->other.integrated_lufs;
    }
    if (!blind) return;
    const bool is_b = blind->heard == BlindListening::Heard::b ||
                      (blind->heard == BlindListening::Heard::x && blind->test.hidden() == BlindTest::Side::b);
    heard.slot = is_b ? Slot::reference : Slot::master;
    heard.is_matched = true;
    heard.is_delta = false;
    heard.solo.reset();
}

void Studio::play_or_pause() {
    if (monitor.is_playing()) return monitor.pause();
    constexpr double ahead_of_join_s = 5;
    if (join_shown && (playhead_s < join_shown->from_s || playhead_s >= join_shown->to_s)) {
        const double half_s = join_shown->length() / 2;
        place_playhead(join_shown->from_s + half_s - std::min(half_s, ahead_of_join_s));
    }
    monitor.play(playhead_s);
}

void Studio::scrub(double seconds) {
    const double to_s = std::clamp(seconds, 0.0, track_duration_s());
    if (to_s == playhead_s) return;
    playhead_s = to_s;
    monitor.scrub(to_s);
}

void Studio::place_playhead(double seconds) {
    playhead_s = std::clamp(seconds, 0.0, end_of_playing_s());
    monitor.seek(playhead_s);
}

}  // namespace lathe
