// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "app/session/album_draft.h"
#include "app/session/album_file.h"
#include "app/session/document_draft.h"
#include "app/session/edit_path.h"
#include "app/session/mention_keeper.h"
#include "app/session/toml_reader.h"
#include "dsp/core/error.h"

namespace lathe {
namespace {

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// What the edit writes into the file: its value as it is, or in quotes where a bare word stands for text.
std::string checked_value(const Edit& edit, const Field* field) {
    const std::string text = trimmed(edit.value);
    const auto as_given = parse_value(text);
    if (as_given) {
        Value value;
        const toml::node& node = *as_given->get("value");
        if (!field || field->kind == FieldKind::tables) return text;
        const auto why = why_not_value(node, *field, value);
        if (!why) return text;
        const bool takes_bare_words = field->kind == FieldKind::text && !node.is_string();
        if (!takes_bare_words) throw InputError(fmt::format("{}: {}", edit.path, *why));
    }
    if (field) {
        const auto why = why_not(*field, Value(text));
        if (why) throw InputError(fmt::format("{}: {}", edit.path, *why));
    }
    return to_toml(Value(text));
}

/// What an error of a file's text says behind "FILE:LINE: "; none if it is not one.
std::optional<std::string> behind_line(const std::string& what, const std::string& file) {
    const std::size_t colon = what.starts_with(file + ":") ? what.find(": ", file.size() + 1) : std::string::npos;
    if (colon == std::string::npos) return {};
    return what.substr(colon + 2);
}

/// The inline table that an insertion writes.
std::string checked_entry(const Edit& edit) {
    const std::string text = trimmed(edit.value);
    const auto table = parse_value(text);
    if (!table || !table->get("value")->is_table())
        throw InputError(fmt::format("{}: a new entry is a table in braces, as {{ type = \"eq\" }}", edit.path));
    return text;
}

class Editor {
public:
    explicit Editor(const Album& album) : file_(album.path.string()), draft_(album.text, file_), now_(album) {}

    void apply(const Edit& edit) {
        if (now_.text != draft_.text()) now_ = parse_draft(draft_.text(), now_.path);
        switch (edit.kind) {
            case Edit::Kind::set:
                return set(edit);
            case Edit::Kind::unset:
                return draft_.unset(find_target(now_, edit.path).path);
            case Edit::Kind::insert:
                return insert(edit);
            case Edit::Kind::remove:
                return remove(edit);
            case Edit::Kind::move:
                return move(edit);
        }
    }

    std::string finish() {
        draft_.check(file_);
        parse_album(draft_.text(), now_.path);
        return draft_.text();
    }

private:
    void set(const Edit& edit) {
        const EditTarget target = find_target(now_, edit.path);
        const std::string value = checked_value(edit, target.field);
        if (!target.new_block.empty()) draft_.append(target.new_block, file_);
        draft_.set(target.path, value);
    }

    void insert(const Edit& edit) {
        const ListTarget target = find_list(now_, edit.path);
        if (target.index) throw InputError(fmt::format("{}: is an entry; name its list", edit.path));
        const std::string entry = checked_entry(edit);
        const std::size_t at = checked_index(edit, target.count);
        MentionKeeper keeper(draft_, now_, edit.path);
        draft_.insert(target.list, at, entry);
        keeper.keep({target.list, {}, at});
    }
    void remove(const Edit& edit) {
        const ListTarget target = found_entry(edit);
        MentionKeeper keeper(draft_, now_, edit.path);
        draft_.remove(target.list, *target.index);
        keeper.keep({target.list, target.index, {}});
    }
    void move(const Edit& edit) {
        const ListTarget target = found_entry(edit);
        const std::size_t to = checked_index(edit, target.count - 1);
        MentionKeeper keeper(draft_, now_, edit.path);
        draft_.move(target.list, *target.index, to);
        keeper.keep({target.list, target.index, to});
    }

    ListTarget found_entry(const Edit& edit) const {
        ListTarget target = find_list(now_, edit.path);
        if (!target.index) throw InputError(fmt::format("{}: is a list; name one of its entries", edit.path));
        return target;
    }
    static std::size_t checked_index(const Edit& edit, std::size_t last) {
        if (edit.at && *edit.at > last)
            throw InputError(fmt::format("{}: the index must be 0 to {}, not {}", edit.path, last, *edit.at));
        return edit.at.value_or(last);
    }

    std::string file_;
    DocumentDraft draft_;
    Album now_;  // as the edits before made it
};

}  // namespace

Edit parse_edit(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        throw InputError(
            fmt::format("{}: needs a value, as {}=VALUE", text, text.empty() ? "album.loudness_lufs" : text));
    return {trimmed(text.substr(0, equals)), trimmed(text.substr(equals + 1))};
}

std::string edited(const Album& album, std::span<const Edit> edits) {
    Editor editor(album);
    try {
        for (const Edit& edit : edits) editor.apply(edit);
        return editor.finish();
    } catch (const InputError& error) {  // the lines of the edited text are not on disk: the paths take their place
        const auto why = behind_line(error.what(), album.path.string());
        if (!why) throw;
        std::vector<std::string> paths;
        for (const Edit& edit : edits) paths.push_back(edit.path);
        throw InputError(fmt::format("{}: {}", fmt::join(paths, ", "), *why));
    }
}

Album with_edits(const Album& album, std::span<const Edit> edits) {
    return parse_album(edited(album, edits), album.path);
}

}  // namespace lathe
