// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/mention_keeper.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/session/album_draft.h"
#include "app/session/toml_reader.h"
#include "dsp/core/error.h"
#include "dsp/core/field.h"

namespace lathe {
namespace {

/// Where a mention at that place leads now; none if nowhere.
const DocPath* target_at(std::span<const Mention> mentions, const DocPath& at) {
    for (const Mention& each : mentions)
        if (each.at == at) return &each.target;
    return nullptr;
}

/// The processor at a path that leads to one.
const ChainSlot& slot_at(const Album& album, const DocPath& processor) {
    const std::size_t index = std::get<std::size_t>(processor.back());
    return processor.size() == 2 ? album.chain.at(index)
                                 : album.tracks.at(std::get<std::size_t>(processor[1])).chain.at(index);
}

/// The place of a row's name or number in an override's keys: behind set, the processor's id and the field.
std::size_t row_step(const Mention& mention) {
    const auto set = std::find(mention.at.begin(), mention.at.end(), DocStep("set"));
    return static_cast<std::size_t>(set - mention.at.begin()) + 3;
}

}  // namespace

MentionKeeper::MentionKeeper(DocumentDraft& draft, const Album& before, const std::string& edit)
    : draft_(draft), path_(before.path), edit_(edit), wanted_(mentions_of(before)) {}

Album MentionKeeper::now() const { return parse_draft(draft_.text(), path_); }

void MentionKeeper::fail(const Mention& mention, std::string_view why) const {
    std::string place;
    for (const DocStep& step : mention.at) {
        const auto* key = std::get_if<std::string>(&step);
        place +=
            fmt::format("{}{}", place.empty() ? "" : ".", key ? *key : std::to_string(std::get<std::size_t>(step) + 1));
    }
    throw InputError(fmt::format("{}: {} {}", edit_, place, why));
}

void MentionKeeper::keep(const ListChange& change) {
    if (wanted_.empty()) return;
    follow(change);
    write_ids();
    rename_tracks();
    renumber_rows();
    check();
}

void MentionKeeper::follow(const ListChange& change) {
    std::vector<Mention> kept, gone;
    for (Mention& each : wanted_) {
        auto at = path_after(each.at, change);
        auto target = path_after(each.target, change);
        if (!at) continue;
        each.at = std::move(*at);
        if (target) each.target = std::move(*target);
        (target ? kept : gone).push_back(std::move(each));
    }
    wanted_ = std::move(kept);
    for (auto each = gone.rbegin(); each != gone.rend(); ++each) drop(*each);
}

void MentionKeeper::drop(const Mention& mention) {
    if (mention.kind == Mention::Kind::setting) return draft_.unset(mention.at);
    const ListChange change{{mention.at.begin(), mention.at.end() - 1}, std::get<std::size_t>(mention.at.back()), {}};
    draft_.remove(change.list, *change.from);
    for (Mention& each : wanted_) each.at = *path_after(each.at, change);
    const bool was_only = std::none_of(wanted_.begin(), wanted_.end(),
                                       [&](const Mention& each) { return begins_with(each.at, change.list); });
    if (was_only && mention.kind == Mention::Kind::delivered_track)
        fail(mention, "would name no track, which means all; change it or remove the delivery first");
}

void MentionKeeper::write_ids() {
    Album album = now();
    for (const Mention& each : wanted_) {
        if (each.kind == Mention::Kind::delivered_track) continue;
        DocPath path = entry_of(each.target);
        if (slot_at(album, path).entry.id == each.name) continue;
        path.emplace_back("id");
        draft_.set(path, to_toml(each.name));
        album = now();
    }
}

void MentionKeeper::rename_tracks() {
    const Album album = now();
    for (Mention& each : wanted_) {
        if (each.kind != Mention::Kind::delivered_track) continue;
        const std::string& id = album.tracks[std::get<std::size_t>(each.target[1])].id;
        if (id != each.name) draft_.set(each.at, to_toml(id));
    }
}

void MentionKeeper::renumber_rows() {
    const std::vector<Mention> found = mentions_of(now());
    std::map<DocPath, std::map<std::string, std::string>> renamed;
    for (Mention& each : wanted_) {
        if (each.kind != Mention::Kind::setting || each.at.size() <= row_step(each) + 1) continue;
        const DocPath* target = target_at(found, each.at);
        if (target && *target == each.target) continue;
        const std::size_t row = std::get<std::size_t>(each.target[entry_of(each.target).size() + 1]);
        const auto step = each.at.begin() + static_cast<std::ptrdiff_t>(row_step(each));
        renamed[{each.at.begin(), step}][std::get<std::string>(*step)] = std::to_string(row + 1);
        *step = std::to_string(row + 1);
    }
    for (const auto& [parent, names] : renamed) draft_.rename_keys(parent, names);
}

void MentionKeeper::check() const {
    const std::vector<Mention> found = mentions_of(now());
    for (const Mention& each : wanted_) {
        const DocPath* target = target_at(found, each.at);
        if (!target || *target != each.target)
            fail(each, "would come to mean something else; give both an id or name of their own");
    }
}

}  // namespace lathe
