// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/model/document.h"

#include <fmt/format.h>

#include "app/media/atomic_file.h"
#include "dsp/core/error.h"

namespace lathe {

Document::Document(const std::filesystem::path& path) : path_(std::filesystem::absolute(path).lexically_normal()) {
    auto album = std::make_shared<const Album>(read_album(path_));
    saved_text_ = album->text;
    states_.push_back({"", std::move(album)});
}

Document::Document(const std::filesystem::path& path, std::string recovered_text) : Document(path) {
    if (recovered_text == saved_text_) return;
    add({"recovered work", std::make_shared<const Album>(parse_album(std::move(recovered_text), path_))});
}

void Document::add(State state) {
    states_.resize(at_ + 1);
    states_.push_back(std::move(state));
    ++at_;
    ++revision_;
}

void Document::edit(const std::string& name, std::span<const Edit> edits, const std::string& drag) {
    auto album = std::make_shared<const Album>(with_edits(this->album(), edits));
    if (album->text == this->album().text) return;
    const bool goes_on = !drag.empty() && drag == drag_ && at_ > 0 && at_ + 1 == states_.size();
    drag_ = drag;
    if (!goes_on) return add({name, std::move(album)});
    states_[at_].album = std::move(album);
    ++revision_;
}

void Document::undo() {
    if (!can_undo()) return;
    --at_;
    ++revision_;
    end_drag();
}

void Document::redo() {
    if (!can_redo()) return;
    ++at_;
    ++revision_;
    end_drag();
}

void Document::recall_snapshot(std::size_t i) {
    if (!has_snapshot(i) || is_snapshot(i)) return;
    end_drag();
    add({fmt::format("snapshot {}", static_cast<char>('A' + i)), snapshots_[i]});
}

bool Document::was_changed_outside() const {
    try {
        return read_text_file(path_) != saved_text_;
    } catch (const InputError&) {
        return true;  // gone
    }
}

void Document::save(bool overwrite) {
    if (!overwrite && was_changed_outside())
        throw InputError(fmt::format("{}: was changed by another program; reload it, or save over it", path_.string()));
    write_text_file(path_, album().text);
    saved_text_ = album().text;
}

void Document::reload() {
    auto album = std::make_shared<const Album>(read_album(path_));
    saved_text_ = album->text;
    end_drag();
    if (album->text != this->album().text) add({"reload", std::move(album)});
}

}  // namespace lathe
