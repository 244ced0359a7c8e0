// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/session/album_file.h"

namespace lathe {

/// The album file on screen: its text, what the text says, and every state it has been in. An edit patches the text, so
/// that comments and order stay; what cannot be is refused and changes nothing.
class Document {
public:
    /// Reads the file. Throws InputError for a bad one.
    explicit Document(const std::filesystem::path& path);
    /// Takes up text that was not saved in the file: of a run that was killed.
    Document(const std::filesystem::path& path, std::string recovered_text);

    const Album& album() const { return *now().album; }
    std::shared_ptr<const Album> shared_album() const { return now().album; }
    const std::filesystem::path& path() const { return path_; }
    /// Another number for every state that is shown.
    std::uint64_t revision() const { return revision_; }
    bool is_changed() const { return now().album->text != saved_text_; }

    /// Makes one state of several edits. name: what undo will call it. drag: edits of one name follow each other as one
    /// state while it is not empty and the same. Throws InputError; nothing has changed then.
    void edit(const std::string& name, std::span<const Edit> edits, const std::string& drag = "");
    /// The hand has let go: the next edit is a state of its own.
    void end_drag() { drag_.clear(); }

    bool can_undo() const { return at_ > 0; }
    bool can_redo() const { return at_ + 1 < states_.size(); }
    const std::string& undo_name() const { return now().name; }
    const std::string& redo_name() const { return states_[at_ + 1].name; }
    void undo();
    void redo();
    /// The album before the last edit, to compare with.
    std::shared_ptr<const Album> before_last_edit() const { return states_[at_ > 0 ? at_ - 1 : 0].album; }

    static constexpr std::size_t snapshot_count = 4;
    void take_snapshot(std::size_t i) { snapshots_[i] = now().album; }
    bool has_snapshot(std::size_t i) const { return snapshots_[i] != nullptr; }
    std::shared_ptr<const Album> snapshot(std::size_t i) const { return snapshots_[i]; }
    bool is_snapshot(std::size_t i) const { return has_snapshot(i) && snapshots_[i]->text == now().album->text; }
    /// As one state that can be undone.
    void recall_snapshot(std::size_t i);

    /// Writes the file: aside, then renamed. Throws SystemError, and InputError if another program has changed the file
    /// since it was read or saved; overwrite: then too.
    void save(bool overwrite = false);
    /// Whether the file has other text now than when it was read or saved.
    bool was_changed_outside() const;
    /// Takes the file's text of now, as one state that can be undone. Throws InputError for a bad one.
    void reload();

private:
    struct State {
        std::string name;
        std::shared_ptr<const Album> album;
    };
    const State& now() const { return states_[at_]; }
    void add(State state);

    std::filesystem::path path_;
    std::vector<State> states_;
    std::size_t at_ = 0;
    std::string drag_;
    std::string saved_text_;
    std::uint64_t revision_ = 1;
    std::array<std::shared_ptr<const Album>, snapshot_count> snapshots_;
};

}  // namespace lathe
