// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/session/document_draft.h"
#include "app/session/mentions.h"

namespace lathe {

/// Lets the mentions of an album follow what they name while one of its lists changes.
class MentionKeeper {
public:
    /// before: the draft's album. edit: its path, for errors.
    MentionKeeper(DocumentDraft& draft, const Album& before, const std::string& edit);

    /// After the change was made in the draft. Throws InputError where a mention cannot be kept.
    void keep(const ListChange& change);

private:
    Album now() const;
    [[noreturn]] void fail(const Mention& mention, std::string_view why) const;
    void follow(const ListChange& change);
    void drop(const Mention& mention);
    void write_ids();
    void rename_tracks();
    void renumber_rows();
    void check() const;

    DocumentDraft& draft_;
    std::filesystem::path path_;
    const std::string& edit_;
    std::vector<Mention> wanted_;
};

}  // namespace lathe
