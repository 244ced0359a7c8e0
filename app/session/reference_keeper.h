// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "app/session/document_draft.h"
#include "app/session/references.h"

namespace lathe {

/// Lets the references of an album follow what they name while one of its lists changes.
class ReferenceKeeper {
public:
    /// before: the draft's album. edit: its path, for errors.
    ReferenceKeeper(DocumentDraft& draft, const Album& before, const std::string& edit);

    /// After the change was made in the draft. Throws InputError where a reference cannot be kept.
    void keep(const ListChange& change);

private:
    Album now() const;
    [[noreturn]] void fail(const Reference& reference, std::string_view why) const;
    void follow(const ListChange& change);
    void drop(const Reference& reference);
    void write_ids();
    void rename_tracks();
    void renumber_rows();
    void check() const;

    DocumentDraft& draft_;
    std::filesystem::path path_;
    const std::string& edit_;
    std::vector<Reference> wanted_;
};

}  // namespace lathe
