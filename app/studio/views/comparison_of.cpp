// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/comparison_of.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/studio/views/chain_edit.h"
#include "app/studio/views/change_words.h"

namespace lathe {
namespace {

/// A state that had no such master yet is compared by its main one.
void take_state(Studio& studio, std::shared_ptr<const Album> album, const Rendition& rendition, Comparison& made) {
    made.rendition = rendition;
    if (!has_master(*album, rendition.master)) made.rendition.master = "main";
    made.track = studio.track_in(*album);
    auto& last = studio.last_compared;
    if (KeptPreview then = studio.past_masters.find(album->text, made.rendition, made.track))
        last = {studio.track, studio.compared_with, std::move(then)};
    else
        made.is_true = false;
    if (!made.track.empty() && last.preview && last.track == studio.track && last.with == studio.compared_with)
        made.other_sound = sound_of(*last.preview);
    made.album = std::move(album);
}

void take_other(Studio& studio, Comparison& made) {
    const ComparedWith& with = studio.compared_with;
    const Document& document = *studio.document;
    using Kind = ComparedWith::Kind;
    if (with.kind == Kind::source) {
        made.name = "the source";
        made.other_sound = studio.source_sound();
    } else if (const Reference* const reference = studio.current_reference();
               with.kind == Kind::reference && reference) {
        made.name = reference->info.title;
        made.other_sound = studio.reference_sound();
        made.shares_time = false;
    } else if (with.kind == Kind::master && has_master(studio.album(), with.name)) {
        made.name = "master " + with.name;
        take_state(studio, document.shared_album(), {with.name, studio.version}, made);
    } else if (with.kind == Kind::version && with.name != studio.version) {
        made.name = "version " + with.name;
        take_state(studio, document.shared_album(), {studio.master, with.name}, made);
    } else if (with.kind == Kind::snapshot && document.has_snapshot(with.snapshot)) {
        made.name = fmt::format("snapshot {}", static_cast<char>('A' + with.snapshot));
        take_state(studio, document.snapshot(with.snapshot), studio.rendition(), made);
    } else {
        made.name = document.can_undo() ? "before: " + document.undo_name() : "the same album: nothing was edited yet";
        take_state(studio, document.before_last_edit(), studio.rendition(), made);
    }
}

/// The part of the other's sound that is held against a part of this one's.
Stretch stretch_of_other(const Studio& studio, const Comparison& made, const LevelHistory& levels, const Stretch& now) {
    double end_s = levels.end_s(levels.hops() - 1);
    if (!made.shares_time) {
        const ReferenceInfo& info = studio.current_reference()->info;
        return {made.other_start_s, info.end ? info.end->seconds_at(levels.rate) : end_s};
    }
    if (const auto& end = studio.current_track()->info.end; end && !made.is_state())
        end_s = std::min(end_s, end->seconds_at(levels.rate));
    return {made.other_start_s + now.from_s, std::min(end_s, made.other_start_s + now.to_s)};
}

}  // namespace

Comparison comparison_of(Studio& studio) {
    Comparison made;
    take_other(studio, made);
    const TrackMaster* const landed = studio.current_master();
    if (!landed) return made;
    made.is_true &= landed->is_final;
    made.now_sound = studio.master_sound();
    made.now.stretch = {0, landed->preview->result.duration_s};
    if (studio.compares_loop && studio.loop) made.now.stretch = {studio.loop->from_s, studio.loop->to_s};
    made.now.levels = studio.analyses.levels(made.now_sound);
    made.other.levels = studio.analyses.levels(made.other_sound);
    if (!made.now.levels || !made.other.levels || made.other.levels->hops() == 0) return made;
    if (studio.compared_with.kind == ComparedWith::Kind::source)
        made.other_start_s = studio.current_track()->info.start.seconds_at(made.other.levels->rate);
    else if (!made.shares_time)
        made.other_start_s = studio.current_reference()->info.start.seconds_at(made.other.levels->rate);
    made.other.stretch = stretch_of_other(studio, made, *made.other.levels, made.now.stretch);
    const std::string key =
        fmt::format("loudness difference {} {} {} {} {} {}", made.now_sound.key(), made.now.stretch.from_s,
                    made.now.stretch.to_s, made.other_sound.key(), made.other.stretch.from_s, made.other.stretch.to_s);
    made.loudness = studio.analyses.value<LoudnessDifference>(key, [now = made.now, other = made.other](const Cancel&) {
        return std::make_shared<const LoudnessDifference>(loudness_difference(now, other));
    });
    return made;
}

const std::vector<std::string>& words_of(const Comparison& comparison, const Studio& studio) {
    struct Known {
        std::string from, to;
        Rendition from_rendition, to_rendition;
        std::vector<std::string> words;
    };
    static Known known;
    if (!comparison.is_state()) {
        known = {};
        return known.words;
    }
    const Album& from = *comparison.album;
    const Album& to = studio.album();
    const Rendition &then = comparison.rendition, now = studio.rendition();
    if (known.from == from.text && known.to == to.text && known.from_rendition == then && known.to_rendition == now)
        return known.words;
    known = {from.text, to.text, then, now, changes_in_words(from, to)};
    if (then.version != now.version)
        known.words.push_back(fmt::format("version {}: {} → {}", studio.track, then.version, now.version));
    if (then.master != now.master) {
        const auto of = [](const Album& album, const std::string& name) {
            return *std::find_if(album.masters.begin(), album.masters.end(),
                                 [&](const Master& master) { return master.name == name; });
        };
        for (std::string& line : master_changes_in_words(to, of(to, then.master), of(to, now.master)))
            known.words.push_back(std::move(line));
    }
    return known.words;
}

void render_other(Studio& studio, const Comparison& comparison) {
    studio.renders.request_other({comparison.album, comparison.track, comparison.rendition});
}

std::string why_not_rendered(const Studio& studio, const Comparison& comparison) {
    const OtherMaster& other = studio.board->other;
    return comparison.is_state() && other.is_of(*comparison.album, comparison.track, comparison.rendition) ? other.error
                                                                                                           : "";
}

bool is_rendering(const Studio& studio, const Comparison& comparison) {
    const OtherMaster& other = studio.board->other;
    return comparison.is_state() && other.is_of(*comparison.album, comparison.track, comparison.rendition) &&
           !other.preview && other.error.empty();
}

}  // namespace lathe
